# What a customer reads. Arguments come escaped; <b> and <i> are Telegram's HTML.

## Start
home = <b>{ $shop }</b>
    Hello { $name }! Order in a few taps: I ask only what this order needs and tell you of every step.
home-cart = 🛒 Your cart: { $count } { $count ->
    [one] line
   *[other] lines
  }, { $total }
home-resume = You were in the middle of an order. It is still here.
button-resume = ▶️ Go on with my order
button-menu = 📖 Menu
button-cart = 🛒 Cart
button-orders = 🧾 My orders
button-saved = ⭐ Saved orders
button-profile = 👤 Profile
button-language = 🌐 Language
button-help = ❔ Help
button-home = 🏠 Start
button-back = ‹ Back
button-cancel = ✖ Cancel
button-skip = Skip »
welcome-owner = 🔑 You are the owner of <b>{ $shop }</b> now. Add me to your kitchen's group and I ask there what the group is for; until then kitchen cards come to you.
welcome-staff = 👋 Welcome to the team of <b>{ $shop }</b> as <b>{ $role }</b>. Orders to work on reach you here or in your group.
welcome-team = 👋 Welcome to the team of <b>{ $shop }</b> as <b>{ $role }</b>. Write / to see what you can do here.
role-owner = owner
role-manager = manager
role-approver = approver
role-operator = operator
role-kitchen = kitchen
role-support = support
role-auditor = auditor
role-limited = { $role }, up to { $limit }

## Menu
menu-title = 📖 <b>Menu</b>
    Choose a category, look something up, for example: <i>noodles</i>, or write your order in your own words.
menu-category = <b>{ $name }</b>
menu-page = Page { $page } of { $pages }
menu-found = 🔎 Found for “{ $words }”:
menu-nothing = 🔎 Nothing on the menu sounds like “{ $words }”. Write it in another way, or look through the categories.
menu-item = { $name } · { $price }
menu-item-from = { $name } · from { $price }
menu-item-grams = { $name } · { $price } / { $grams } g
menu-item-out = { $name } · sold out
button-page-next = Next ›
button-page-previous = ‹ Previous
button-categories = ‹ Categories

## Item
item-title = <b>{ $name }</b>
item-about = { $about }
item-price = { $price }
item-price-grams = { $price } per { $grams } g
item-contains = ⚠️ Contains: { $allergens }
item-left = Only { $left } left.
item-sold-out = Sold out for now.
item-group = <b>{ $name }</b> · { $rule }
item-rule-one = choose one
item-rule-exact = choose { $min }
item-rule-max = up to { $max }
item-rule-range = { $min } to { $max }
item-rule-free = , { $free } free
item-choice = { $mark }{ $name }
item-choice-price = { $mark }{ $name } +{ $price }
item-choice-out = ✕ { $name } (sold out)
item-choice-quantified = { $mark }{ $name }: { $how }
quantifier-extra = extra
quantifier-light = light
quantifier-without = without
item-amount = × { $count }
item-amount-grams = { $count } g
item-missing = 👉 { $name }: { $need ->
    [one] choose 1 more
   *[other] choose { $need } more
  }
item-too-many = { $name }: at most { $max }
item-choice-gone = { $name } is sold out: choose another.
item-choice-unknown = An option is no longer on the menu. Please choose again.
item-too-much = At most { $max } of this in one order.
button-add = ✅ Add · { $total }
button-save = ✅ Save · { $total }
item-added = { $name } is in your cart.
item-gone = This item is no longer on the menu.
choice-out = Sold out

item-price-pack = { $price }{ $size ->
    [1] { "" }
   *[other] { " " }per pack of { $size }
  }
item-rule-with-free = { $rule }{ $free }
item-too-little = The least we sell is { $min }.

## Cart
cart-title = 🛒 <b>Your cart</b>
cart-empty = 🛒 Your cart is empty.
cart-line = { $count } × { $name } · { $total }
cart-line-grams = { $count } g { $name } · { $total }
cart-line-detail = { "   " }{ $options }
cart-line-note = { "   " }✎ { $note }
cart-total = Total: <b>{ $total }</b>
cart-full = A cart holds { $max } lines at most.
cart-item-gone = { $name } is no longer on the menu and was taken out.
cart-options-gone = { $name }: an option changed, please choose again.
button-line = { $count } × { $name }
button-line-grams = { $count } g { $name }
button-checkout = ✅ Check out · { $total }
button-empty = 🗑 Empty
button-more = ＋
button-fewer = －
button-remove = 🗑 Remove
button-options = Options
button-note = ✎ Note
cart-empty-ask = Empty the cart? { $count ->
    [one] One line
   *[other] { $count } lines
  } would be gone.
button-empty-yes = Yes, empty it
note-ask = ✎ Write a note for <b>{ $name }</b> (at most { $max } characters), for example: <i>no onion, please</i>
note-too-long = That is too long: a note has at most { $max } characters.
note-saved = Noted.
line-title = <b>{ $name }</b>

## Steps
step-place = Step { $at }/{ $of } · <b>{ $title }</b>
step-share = You can also share your number by the button below.
step-share-location = You can also share the place by the button below or by 📎.
step-nothing-free = Nothing is free at the moment. Please go back, or try again later.
button-share-location = 📍 Share where I am
button-ticked = ☑ { $value }
button-unticked = ☐ { $value }
button-ticked-all = ✅ That's all
button-share-contact = 📱 Share my phone number
button-known = ✅ { $value }
step-unclear = I did not understand that here.
step-skipped-gone = Something in the order's steps has changed; we go on here.
cancel-ask = Leave this order? The cart would be emptied.
button-cancel-yes = Yes, cancel
button-cancel-no = No, go on
cancelled = Cancelled. Your cart is empty. Nothing was ordered.
value-text = { $value }
value-yes = yes
value-photo = 📷 picture
value-slot = { $day }, { $span }
value-pin = <a href="https://www.openstreetmap.org/?mlat={ $lat }&amp;mlon={ $lon }#map=17/{ $lat }/{ $lon }">📍 { $lat }, { $lon }</a>
value-no = no
list-mark = { ", " }
value-skipped = —

## Review
review-title = Step { $at }/{ $of } · <b>Please check your order</b>
review-answer = { $title }: <b>{ $value }</b>
review-hold = ⏳ Everything is set aside for you until { $time }.
hold-warning = ⏳ Your order is set aside for { $minutes } more minutes. Place it, or tap below to keep it.
button-keep = ⏳ Keep it for me
button-place = ✅ Place order · { $total }
button-change = ✎ { $title }
shortage-title = ⚠️ <b>Not enough left</b>
shortage-line = { $name }: you want { $wanted }, { $left ->
    [0] nothing is left
   *[other] { $left } left
  }
button-take-left = { $name }: take { $left }
button-replace = { $name } → { $with }
button-drop = 🗑 { $name }
order-placed = ✅ Order #{ $number } is placed. This card is kept up to date.
shop-closed = We are closed now. { $opens }
shop-opens = We open again { $time }.

shop-opens-never = Come again later.
review-hold-ended = ⌛ What was set aside for you had gone back. It was checked again: please look once more.
review-ended = ⌛ The time was up, so nothing is set aside any more. Your cart is still here.
button-check-again = 🔄 Check again
cart-line-fault = { $name }: { $fault }
keys-away = 👌
ring-cancel-asked = ❗ #{ $number }: the customer asks to cancel.
ring-amended = ✏️ #{ $number } was changed: please look at its card again.
ring-cancelled = ✖ #{ $number } was cancelled.
ring-expired = ⌛ #{ $number } ran out of time.

## Receipt
receipt-subtotal = Subtotal: { $total }
receipt-tax-included = { $name } { $rate } included: { $total }
receipt-tax-added = { $name } { $rate }: { $total }
receipt-total = Total: <b>{ $total }</b>

## Order card
order-title = 🧾 <b>Order #{ $number }</b> · { $status }
order-progress = { $bar }
order-ready-at = Ready at about <b>{ $time }</b>
order-ask-cancel = Cancel order #{ $number }?
order-cancel-requested = You asked to cancel; the kitchen decides.
order-reason = Reason: { $reason }
status-awaiting = waiting for the shop
status-confirmed = confirmed
status-promised = accepted
status-preparing = being prepared
status-ready = ready for pickup
status-handed-over = handed over
status-rejected = declined
status-cancelled = cancelled
status-expired = cancelled, nobody could take it
button-order-cancel = Cancel order
button-order-cancel-yes = Yes, cancel it
button-order-request = Ask to cancel
button-order-show = #{ $number } · { $status }
order-too-late = The kitchen has begun: ask it to cancel instead.
order-moved = The order has moved on: { $status }.
order-not-yours = This order is not yours.

## Pushes
push-confirmed = 👍 Order #{ $number } is confirmed.
push-accepted = 👨‍🍳 Order #{ $number }: ready at about { $time }.
push-amended = ✏️ The shop changed order #{ $number }: { $total } altogether now. Not what you want? /help tells you whom to ask.
push-preparing = 🍳 Order #{ $number } is being prepared.
push-ready = 🔔 Order #{ $number } is ready for pickup!
push-handed-over = Enjoy! Order #{ $number } was handed over.
push-rejected = 😔 Order #{ $number } was declined: { $reason }. Nothing is charged.
push-cancelled = 😔 Order #{ $number } was cancelled by the shop: { $reason }. Nothing is charged.
push-cancel-granted = Order #{ $number } is cancelled, as you asked.
push-waiting = ⏱ The kitchen has not looked at order #{ $number } yet. I have reminded them.
push-expired = 😔 I am sorry: nobody at the shop could take order #{ $number }. It is cancelled, nothing is charged.

## Orders, language, help
orders-title = 🧾 <b>Your orders</b>
orders-none = You have no orders yet.
language-title = 🌐 Choose your language
language-set = I speak English with you now.
language-name = English
help-title = ❔ <b>Help</b>
    /menu – the menu · /cart – your cart · /orders – your orders · /language – language · /cancel – leave an order
    Or ask in your words: <i>/help opening hours</i>
help-found = <b>{ $question }</b>
    { $answer }
help-nothing = I found nothing on “{ $words }”.

## Whatever else comes in
stale-button = That button was from an older message. This is where we are:
stale-notice = That was an older message.
press-unknown = I don't know this button.
not-understood = I did not understand that here.
other-sticker = Nice! To order, tap a button below.
other-voice = I can't listen to voice messages. Please write it: in your own words is fine.
other-thing = I can't use that here. Tap a button, or write what you look for.
edited-message = I don't read changes to old messages. Please write it again.
too-fast = That was too fast for me. I answered the first ones; please go on from here.
apology = Something went wrong on our side and this one step was not carried out. The owner has been told. Please try again: /start
contact-thanks = Thank you. No number is needed at this point.
contact-foreign = That is somebody else's card. Please share your own number, or type one.

## Commands in the menu of the chat
command-start = Start
command-menu = The menu
command-cart = Your cart
command-orders = Your orders
command-language = Language
command-help = Help
command-cancel = Leave an order

## Allergens
allergen-alcohol = alcohol
allergen-gluten = gluten
allergen-sulphites = sulphites
allergen-egg = egg
allergen-milk = milk
allergen-shellfish = shellfish
allergen-soy = soy
allergen-fish = fish
allergen-sesame = sesame
allergen-peanut = peanut
allergen-nut = nuts

## Parts of a line
line-name-variant = { $name } ({ $variant })
option-units = { $name } × { $units }
option-quantified = { $name }: { $how }

## Reasons of the system
reason-nobody = nobody at the shop could take it
push-cancel-refused = Order #{ $number } can't be cancelled any more: { $reason }

## Ordering again
button-again = ↻
button-order-again = ↻ Order again
again-order = ↻ <b>Order #{ $number } again</b>
again-saved = ⭐ <b>{ $name }</b>
again-schedule = 🔁 <b>{ $name }</b>
again-list = 📋 <b>Your list</b>
again-empty = There is nothing in it to order.
again-nothing-left = Nothing of it goes into your cart.
again-ask = There is something in your cart already: { $count } { $count ->
    [one] line
   *[other] lines
  }, { $total }. What shall become of it?
button-again-merge = ＋ Add to my cart
button-again-replace = ⇄ Replace my cart
button-again-keep = ‹ Keep my cart as it is
again-kept = ✓ { $count } { $count ->
    [one] line
   *[other] lines
  } as before
again-page = { $count } lines differ · page { $page } of { $pages }
again-line = { $at }. { $what }: { $fate }
again-as-before = as before
again-price = { $before } → <b>{ $now }</b>
again-skipped = left out
again-sold-out = <b>sold out</b>
again-short = <b>only { $left } left</b>
again-short-none = <b>no more left</b>
again-option-gone = <b>an option is no longer there</b>
again-item-gone = <b>no longer there</b>
again-refused = { $why }
again-too-dear = the order would come to more than can be counted
again-offers = Instead of { $what }:
again-no-offers = There is nothing else like { $what } at the moment.
again-lines = Tap a line to leave it out, or to take it after all.
again-changed = Something changed in the meantime. Please look again.
again-company-gone = That order was for a company for which you can't order now: this one is for yourself.
button-again-left = { $at } · Take { $what }
button-again-instead = { $at } · Replace…
button-again-skip = { $at } · Leave out
button-again-tell = { $at } · 🔔 Tell me
button-again-usual = { $at } · Usual options
button-again-choose = { $at } · Choose again
button-again-go = ✅ Go on · { $count } { $count ->
    [one] line
   *[other] lines
  }
button-again-lines = ☰ Single lines
button-again-cannot = ✕ { $value }
button-again-leave = ✖ Leave it
