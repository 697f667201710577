# One's own profile, and what orders take from it.

command-profile = Your profile
command-privacy = What we keep of you

## All of it
profile-title = 👤 <b>Your profile</b>
    What stands here is filled in for you when you order.
profile-nothing = –
profile-name = Name: { $value }
profile-phone = Phone: { $value }
profile-proven = { $phone } ✓ confirmed by Telegram
profile-addresses = Address: { $value }
profile-home = { $place }{ $others ->
    [0] { "" }
    [one] { " " }(and 1 more)
   *[other] { " " }(and { $others } more)
  }
profile-payment = Payment: { $value }
profile-way = Way of ordering: { $value }
profile-as-last = { $value } (as last time)
profile-field = { $title }: { $value }
profile-diet = Only: { $value }
profile-avoided = Without: { $value }
profile-language = Language: { $value }
profile-kept = Kept.
profile-waits = Your own profile waits while you take an order for somebody else.
button-profile-name = ✎ Name
button-profile-phone = 📱 Phone
button-profile-addresses = 📍 Addresses
button-profile-payment = 💳 Payment
button-profile-way = 🧭 Way of ordering
button-profile-marks = ⚠️ Diet and allergens
button-profile-notify = 🔔 Messages
button-profile-drop = 🗑 Take it away
button-profile-as-last = ↺ As last time
button-privacy = 🔒 Privacy

## Single values
profile-name-ask = ✎ What shall we call you?
profile-phone-ask = 📱 Under which number can we reach you? Write it, or share yours by the button below.
profile-payment-ask = 💳 How do you usually pay? It is filled in for you where it is offered.
profile-way-ask = 🧭 How do you usually order? Checking out then goes straight on with it; you can change it in the cart.
profile-marks = ⚠️ <b>Diet and allergens</b>
    Tick what you want ☑ and what you can't have 🚫. You are warned on an item's card and at the review; nothing is taken away from you.
button-avoided = 🚫 { $value }
profile-too-short = That is too short: at least { $min } characters, please.
profile-too-long = That is too long: at most { $max } characters, please. Nothing was changed.

## Addresses
address-labelled = { $label }: { $place }
address-pin = { $lat }, { $lon }
button-address = 📍 { $address }
button-address-usual = ⭐ { $address }
button-address-new = ➕ Another address
profile-addresses-title = 📍 <b>Your addresses</b>
    ⭐ is your usual one. Tap one to change it.
profile-addresses-none = 📍 <b>Your addresses</b>
    There is none yet. Addresses of your orders are kept here, too.
profile-addresses-full = { $max } addresses are kept at most. Remove one that you need no more; an order can go anywhere all the same.
profile-address-ask = 📍 Write the address, or share the place by the button below or by 📎.
profile-address-gone = This address is not there any more.
profile-address-title = 📍 <b>{ $address }</b>
profile-address-usual = ⭐ Your usual address
profile-address-words-ask = ✎ Write the address (at most { $max } characters).
profile-address-label-ask = 🏷 What do you call it (at most { $max } characters)? For example: <i>Home</i>
profile-address-pin-ask = 🗺 Share the place by the button below or by 📎.
profile-address-entrance-ask = 🚪 Which entrance (at most { $max } characters)? For example: <i>B, from the yard</i>
profile-address-floor-ask = ↕️ Which floor (at most { $max } characters)? For example: <i>3</i>
profile-address-code-ask = 🔑 What opens the door below (at most { $max } characters)? Only who brings your order and the shop's team see it. For example: <i>4711#</i>
profile-address-note-ask = 💬 What should the courier know (at most { $max } characters)? For example: <i>the bell is broken, please call</i>
profile-address-remove-ask = Remove this address? Orders that are under way still go there.
button-address-words = ✎ Address
button-address-label = 🏷 Label
button-address-pin = 🗺 On the map
button-address-entrance = 🚪 Entrance
button-address-floor = ↕️ Floor
button-address-code = 🔑 Door code
button-address-note = 💬 Note to the courier
button-address-make-usual = ⭐ Make it my usual one
button-address-remove-yes = Yes, remove it
door-entrance = { "   " }🚪 Entrance: { $value }
door-floor = { "   " }↕️ Floor: { $value }
door-code = { "   " }🔑 Door code: { $value }
door-note = { "   " }💬 { $value }
door-pin = { "   " }🗺 { $pin }

## In an order
button-keep-usual = ⭐ Keep as my usual: { $title }
item-diet = 🌱 { $diets }
mark-holds = 🚫 <b>You avoid: { $what }</b>
mark-lacks = 🚫 <b>Not marked as { $what }</b>
cart-line-warning = { "   " }{ $warning }

## Privacy
privacy-line = 🔒 Needed for this order and kept to fill in your next one. More: /privacy
privacy-title = 🔒 <b>What we keep of you</b>
privacy-text = Your name, phone number and addresses go to the team that works on your order and brings it, to nobody else. They are kept, sealed, until you take them away in /profile; the copy in an order stays with that order. The item you choose for words of your own is remembered for you alone; the shop sees such words once several people use them.
privacy-told = You were told this on { $time } (version { $version }).
