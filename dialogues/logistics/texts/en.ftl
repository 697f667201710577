# The company's own words. A text of the same id here takes the place of the product's.

## Its flow
ship = 📦 Send a parcel
ship-items = What you send
ship-sender_name = Sender
ship-sender_name-ask = Who sends it?
ship-sender_name-example = Li Wei, Blue Lake Trading
ship-sender_phone = Sender's phone
ship-sender_phone-ask = At which number does the courier reach the sender?
ship-sender_phone-example = 138 0013 8000
ship-sender_address = Collected at
ship-sender_address-ask = Where do we collect it?
ship-sender_address-example = 12 Nanjing Road, building 3, 5th floor
ship-recipient_name = Recipient
ship-recipient_name-ask = Who receives it?
ship-recipient_name-example = Chen Jing
ship-recipient_phone = Recipient's phone
ship-recipient_phone-ask = At which number does the courier reach the recipient?
ship-recipient_phone-example = 139 0010 0102
ship-recipient_address = Delivered to
ship-recipient_address-ask = Where do we deliver it? With city and district, please.
ship-recipient_address-example = Hangzhou, Xihu, 8 Wensan Road, room 302
ship-contents = Contents
ship-contents-ask = What is in it? We carry no batteries alone, no liquids that burn, no animals.
ship-contents-example = two cotton shirts
ship-cod_amount = To collect, in ¥
ship-cod_amount-ask = How many yuan shall we collect from the recipient for you?
ship-cod_amount-example = 280
ship-pickup = Courier comes
ship-pickup-ask = When shall the courier come?
ship-pickup-example = tap a time
ship-payer = Carriage paid by
ship-payer-ask = Who pays the carriage?
ship-payer-example = tap “The sender”
ship-payer-sender = The sender
ship-payer-recipient = The recipient, at the door
ship-payment = Payment
ship-payment-ask = How would you like to pay?
ship-payment-example = tap “WeChat Pay”
ship-note = Note
ship-note-ask = Anything the courier should know?
ship-note-example = please ring at the gate

fee-evening = Pickup in the evening

payment-wechat = WeChat Pay
payment-alipay = Alipay
payment-cash = Cash to the courier
payment-monthly = On the monthly bill

reason-not-carried = we don't carry this
reason-no-courier = no courier is free in your area
reason-address = an address is not complete
reason-collected = it has been collected already
reason-courier-close = the courier is at your door in a moment
reason-nobody-there = nobody was there
reason-address-not-found = the address could not be found
reason-refused = the recipient refused it
reason-not-paid = the recipient did not pay
tax-transport = VAT on carriage
tax-goods = VAT on packaging

## Parcels and dispatch, not orders and a kitchen
home = <b>{ $shop }</b>
    Hello { $name }! A parcel in a few taps: I ask only what this parcel needs and tell you of every station.
home-cart = 📦 Your shipment: { $count } { $count ->
    [one] line
   *[other] lines
  }, { $total }
home-resume = You were in the middle of a parcel. It is still here.
button-resume = ▶️ Go on with my parcel
button-orders = 🧾 My parcels
button-cart = 📦 Shipment
cart-title = 📦 <b>Your shipment</b>
cart-empty = 📦 Your shipment is empty.
cart-full = A shipment holds { $max } lines at most.
cart-empty-ask = Empty the shipment? { $count ->
    [one] One line
   *[other] { $count } lines
  } would be gone.
item-added = { $name } is in your shipment.
item-too-much = At most { $max } of this in one shipment.
button-checkout = ✅ Continue · { $total }
cancel-ask = Leave this parcel? The shipment would be emptied.
cancelled = Cancelled. Your shipment is empty. Nothing was booked.
review-title = Step { $at }/{ $of } · <b>Please check your parcel</b>
review-hold = ⏳ These prices and places are kept for you until { $time }.
review-ended = ⌛ The time was up, so nothing is kept any more. Your shipment is still here.
hold-warning = ⏳ Your parcel is kept for { $minutes } more minutes. Book it, or tap below to keep it.
button-place = ✅ Book · { $total }
order-placed = ✅ Parcel #{ $number } is booked. This card is kept up to date.
order-title = 📦 <b>Parcel #{ $number }</b> · { $status }
order-made-at = Courier comes at about <b>{ $time }</b>
order-ask-cancel = Cancel parcel #{ $number }?
order-cancel-requested = You asked to cancel; dispatch decides.
order-too-late = The parcel has been collected: ask dispatch to cancel instead.
order-moved = The parcel has moved on: { $status }.
order-not-yours = This parcel is not yours.
button-order-cancel = Cancel parcel
orders-title = 📦 <b>Your parcels</b>
orders-none = You have sent no parcels yet.
command-orders = Your parcels
command-cart = Your shipment
command-cancel = Leave a parcel

status-awaiting = waiting for dispatch
status-confirmed = booked
status-promised = courier on the way to you
status-preparing = collected
status-ready-to-go = in transit
status-on-the-way = out for delivery
status-expired = called off, no courier was free
status-rejected = not accepted
push-confirmed = 👍 Parcel #{ $number } is booked.
push-accepted-made = 🛵 Parcel #{ $number }: the courier comes at about { $time }.
push-amended = ✏️ We changed parcel #{ $number }: { $total } altogether now. Not what you want? /help tells you whom to ask.
push-preparing = 📦 Parcel #{ $number } was collected.
push-ready-to-go = 🚚 Parcel #{ $number } is in transit.
push-on-the-way = 🛵 Parcel #{ $number } is out for delivery.
push-delivered = ✅ Parcel #{ $number } was delivered.
push-not-delivered = 😔 Parcel #{ $number } could not be delivered: { $reason }. It comes back to you; nothing is charged.
push-rejected = 😔 Parcel #{ $number } was not accepted: { $reason }. Nothing is charged.
push-cancelled = 😔 Parcel #{ $number } was cancelled by us: { $reason }. Nothing is charged.
push-cancel-granted = Parcel #{ $number } is cancelled, as you asked.
push-cancel-refused = Parcel #{ $number } can't be cancelled any more: { $reason }
push-waiting = ⏱ Dispatch has not looked at parcel #{ $number } yet. I have reminded them.
push-expired = 😔 I am sorry: no courier could take parcel #{ $number }. It is called off, nothing is charged.
reason-nobody = no courier was free

welcome-owner = 🔑 You are the owner of <b>{ $shop }</b> now. Add me to your dispatchers' group and I ask there what the group is for; until then its parcel cards come to you.
role-kitchen = dispatch
purpose-kitchen = dispatch
kitchen-title = 📦 <b>#{ $number }</b> · { $flow } · { $status }
kitchen-placed = Booked at { $time }
kitchen-due = Courier there at { $time }
queue-title = 📦 <b>Open parcels</b>
queue-none = No open parcels.
command-queue = Open parcels
action-prepare = collected
action-ready = in transit
action-dispatch = out for delivery
button-accept = 🛵 { $minutes ->
    [60] 1 h
    [120] 2 h
    [240] 4 h
   *[other] { $minutes } min
  }
button-prepare = 📦 Collected
button-ready = 🚚 In transit
button-dispatch = 🛵 Out for delivery
staff-moved = This parcel is already { $status }.
alert-kitchen-back = ✅ I can write to dispatch's chat again.
owner-no-kitchen = ⚠️ Dispatch's chat can't be reached. Until then parcels come to the dispatchers privately, or to you if there is nobody else. Add me to the group again, or set <code>[chats] kitchen</code>.
owner-no-couriers = ⚠️ The couriers' chat can't be reached. Until then what is to be delivered comes to the couriers privately, or stays with dispatch if there are none. Add me to the group again, or set <code>[chats] couriers</code>.

## Services, not a menu
button-menu = 🗂 Services
menu-title = 🗂 <b>Sizes and services</b>
    Choose a group, or write what you want to send, for example: <i>bicycle</i>
menu-nothing = 🔎 We have nothing that sounds like “{ $words }”. Write it in another way, or look through the groups.
menu-item-out = { $name } · booked out
button-categories = ‹ Groups
item-sold-out = Booked out for now.
item-choice-unknown = An option is no longer offered. Please choose again.
item-gone = This service is no longer offered.
cart-item-gone = { $name } is no longer offered and was taken out.
note-ask = ✎ Write a note for <b>{ $name }</b> (at most { $max } characters), for example: <i>glass, keep upright</i>
help-title = ❔ <b>Help</b>
    /menu – sizes and services · /cart – your shipment · /orders – your parcels · /language – language · /cancel – leave a parcel
    Or ask in your words: <i>/help insurance</i>
command-menu = Sizes and services
stock-nothing = Nothing we offer is called “{ $words }”.
stock-returned = ✅ Offered again.
stock-not-yours = The numbers are changed by the owner and managers; you can mark things as booked out.
button-stock-return = ✅ Offered again

## A parcel fetched at the counter, should a flow say so
status-ready = ready at the counter
push-accepted = 👍 Parcel #{ $number }: ready at about { $time }.
push-ready = 🔔 Parcel #{ $number } is ready at the counter!
push-handed-over = ✅ Parcel #{ $number } was handed over.

## Rules of approval
rule-freight = Shipments above ¥5,000 are looked at by a person.

## Orders made ready
template-two-parcels = Two small parcels and a letter
