# How an order reaches its customer: served at a table, or brought by a courier.

## Statuses
status-ready-to-serve = ready to be served
status-ready-to-go = packed, waiting for the courier
status-on-the-way = on its way
status-served = served
status-delivered = delivered
status-not-delivered = not delivered
order-made-at = Made by about <b>{ $time }</b>

## Pushes
push-accepted-made = 👨‍🍳 Order #{ $number }: made by about { $time }.
push-ready-to-serve = 🔔 Order #{ $number } is ready and comes to your table.
push-served = Enjoy! Order #{ $number } was served.
push-ready-to-go = 📦 Order #{ $number } is packed and waits for the courier.
push-on-the-way = 🛵 Order #{ $number } is on its way to you.
push-delivered = Enjoy! Order #{ $number } was delivered.
push-not-delivered = 😔 Order #{ $number } could not be delivered: { $reason }. Nothing is charged.

## Staff and couriers
courier-title = 🛵 <b>#{ $number }</b> · { $flow } · { $status }
courier-collect = 💰 To collect: <b>{ $total }</b>
courier-waiting = ⏱ #{ $number } has been packed for { $minutes } minutes and nobody is on the way with it.
owner-no-courier = 🚨 Order #{ $number } has been packed for { $minutes } minutes and nobody has taken it along.
owner-no-couriers = ⚠️ The couriers' chat can't be reached. Until then what is to be delivered comes to the couriers privately, or stays with those who pack it if there are none. Add me to the group again, or set <code>[chats] couriers</code>.
role-courier = courier
ring-not-delivered = ↩ #{ $number } could not be delivered and comes back.
action-serve = served
action-dispatch = on the way
action-deliver = delivered
action-fail = not delivered
button-serve = 🍽 Served
button-dispatch = 🛵 On its way
button-deliver = ✅ Delivered
button-fail = ↩ Could not deliver…

## Fees, minimum, ways to get an order
receipt-fee = { $name }: { $total }
fee-falls-away = 🎁 { $more } more makes this free: { $name }
minimum-missing = These orders start at { $minimum }: { $missing } to go.
review-price-changed = ⚠️ The price has changed since you last saw it. Please look once more.
ways-ask = How would you like to get your order?
button-way = 🔁 { $way }
