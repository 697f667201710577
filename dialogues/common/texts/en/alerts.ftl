# What the owner is alerted of.

alert-several = ⚠️ { $count ->
    [one] One thing needs
   *[other] { $count } things need
  } a look:
alert-low = 📉 { $name }: only { $left } left.
alert-dead = 🚨 Put aside because they could not be handled or delivered: { $count }. See <code>ks-order dead</code>.
alert-conflict = 🚨 Another program receives my updates with the same token. Stop one of the two.
alert-inbox = 🐌 What people send has been waiting for more than a minute.
alert-outbox = 🐌 My messages have been waiting for more than a minute.
alert-restarts = 🔁 I was started more than three times within ten minutes. The log says why I ended.
alert-kitchen-back = ✅ I can write to the kitchen's chat again.
alert-person-back = ✅ I can write to { $who } again.
kitchen-customer-gone = 📵 I can't write to the customer any more.
