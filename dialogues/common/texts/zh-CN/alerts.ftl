# 向店主发出的提醒。

alert-several = ⚠️ 有 { $count } 件事需要您看一下：
alert-low = 📉 { $name }只剩 { $left } 份了。
alert-dead = 🚨 有 { $count } 条消息无法处理或送达，已搁置。请查看 <code>ks-order dead</code>。
alert-conflict = 🚨 另一个程序正用同一个令牌接收消息，请停掉其中一个。
alert-inbox = 🐌 顾客发来的消息已积压一分多钟。
alert-outbox = 🐌 我要发的消息已积压一分多钟。
alert-restarts = 🔁 十分钟内我被启动了三次以上，退出原因请看日志。
alert-kitchen-back = ✅ 又可以向后厨群发消息了。
alert-person-back = ✅ 又可以给{ $who }发消息了。
kitchen-customer-gone = 📵 已无法给这位顾客发消息。
