# The shop's own words. A text of the same id here takes the place of the product's.

## Its flows
delivery = 🚚 Delivery
delivery-items = Articles
delivery-address = Delivery address
delivery-address-ask = Where shall we bring it?
delivery-address-example = 12 Nanjing Road, building 3, goods lift
delivery-contact = Goods received by
delivery-contact-ask = Who takes the goods in?
delivery-contact-example = Wang Fang, reception
delivery-phone = Phone
delivery-phone-ask = At which number does our driver reach you?
delivery-phone-example = 138 0013 8000
delivery-date = Delivery day
delivery-date-ask = On which day shall we come?
delivery-date-example = tap a day, or write 24 12
delivery-window = Time of day
delivery-window-ask = When is somebody there?
delivery-window-example = tap “Morning”
delivery-window-morning = Morning, 9:00–12:00
delivery-window-afternoon = Afternoon, 13:00–18:00
delivery-invoice_title = Invoice title
delivery-invoice_title-ask = To whom do we write the invoice? Skip this if you need none.
delivery-invoice_title-example = Blue Lake Trading Co., Ltd.
delivery-tax_number = Tax number
delivery-tax_number-ask = Which tax number goes onto the invoice?
delivery-tax_number-example = 91310000MA1K30X12G
delivery-po_number = Purchase order
delivery-po_number-ask = Do you have a purchase-order number? It is printed on the delivery note and the invoice.
delivery-po_number-example = PO-2026-0117
delivery-payment = Payment
delivery-payment-ask = How would you like to pay?
delivery-payment-example = tap “Bank transfer”
delivery-note = Note
delivery-note-ask = Anything our driver should know?
delivery-note-example = the goods lift is behind the building

pickup = 🏬 Pick up
pickup-items = Articles
pickup-time = Pickup time
pickup-time-ask = When would you like to fetch it? Our gate is open at these times.
pickup-time-example = tap a time
pickup-contact = Fetched by
pickup-contact-ask = Who comes to fetch it?
pickup-contact-example = Wang Fang
pickup-phone = Phone
pickup-phone-ask = At which number can we reach you?
pickup-phone-example = 138 0013 8000
pickup-invoice_title = Invoice title
pickup-invoice_title-ask = To whom do we write the invoice? Skip this if you need none.
pickup-invoice_title-example = Blue Lake Trading Co., Ltd.
pickup-tax_number = Tax number
pickup-tax_number-ask = Which tax number goes onto the invoice?
pickup-tax_number-example = 91310000MA1K30X12G
pickup-po_number = Purchase order
pickup-po_number-ask = Do you have a purchase-order number? It is printed on the invoice.
pickup-po_number-example = PO-2026-0117
pickup-payment = Payment
pickup-payment-ask = How would you like to pay?
pickup-payment-example = tap “Bank transfer”

invoice-title-invalid = An invoice title has 2 to 60 letters or digits: the company's name as it is registered.
tax-number-invalid = A tax number has 15 to 20 digits and capital letters, without blanks.
po-number-invalid = A purchase-order number has 3 to 24 letters, digits, - or /, without blanks.

fee-delivery = Delivery

payment-account = On account
payment-transfer = Bank transfer
payment-wechat = WeChat Pay
payment-alipay = Alipay
payment-cash = Cash

reason-sold-out = an article has just sold out
reason-no-delivery = we don't deliver to this address
reason-details = we need more details, please write to us
reason-packed = it is packed already
reason-made-to-order = it is made for you
reason-nobody-there = nobody was there
reason-address-not-found = the address could not be found
reason-refused = it was not accepted
tax-goods = VAT on goods
tax-food = VAT on food

## A warehouse works the orders, not a kitchen
welcome-owner = 🔑 You are the owner of <b>{ $shop }</b> now. Add me to your warehouse's group and I ask there what the group is for; until then its order cards come to you.
role-kitchen = warehouse
purpose-kitchen = warehouse
kitchen-title = 📦 <b>#{ $number }</b> · { $flow } · { $status }
kitchen-due = Packed by { $time }
queue-title = 📦 <b>Open orders</b>
action-prepare = packing
action-ready = packed
button-prepare = 📦 Packing
button-ready = ✅ Packed
button-accept = ✅ { $minutes ->
    [60] 1 h
    [120] 2 h
    [240] 4 h
   *[other] { $minutes } min
  }
button-dispatch = 🚚 On its way
alert-kitchen-back = ✅ I can write to the warehouse's chat again.
owner-no-kitchen = ⚠️ The warehouse's chat can't be reached. Until then orders come to the warehouse's people privately, or to you if there is nobody else. Add me to the group again, or set <code>[chats] kitchen</code>.
owner-no-couriers = ⚠️ The drivers' chat can't be reached. Until then what is to be delivered comes to the drivers privately, or stays with the warehouse if there are none. Add me to the group again, or set <code>[chats] couriers</code>.
role-courier = driver
purpose-couriers = drivers
order-cancel-requested = You asked to cancel; the warehouse decides.
order-too-late = The warehouse has begun to pack: ask it to cancel instead.
order-ready-at = To be fetched from about <b>{ $time }</b>
order-made-at = Packed by about <b>{ $time }</b>
status-preparing = being packed
status-ready-to-go = packed, waiting for the driver
push-accepted = 👍 Order #{ $number }: you can fetch it from about { $time }.
push-accepted-made = 👍 Order #{ $number }: packed by about { $time }.
push-preparing = 📦 Order #{ $number } is being packed.
push-ready-to-go = 📦 Order #{ $number } is packed and waits for the driver.
push-on-the-way = 🚚 Order #{ $number } is on its way to you.
push-handed-over = Thank you! Order #{ $number } was handed over.
push-delivered = ✅ Order #{ $number } was delivered. Thank you!
push-waiting = ⏱ The warehouse has not looked at order #{ $number } yet. I have reminded them.

## A catalogue, not a menu
button-menu = 🗂 Catalogue
menu-title = 🗂 <b>Catalogue</b>
    Choose a category, look something up, for example: <i>copy paper</i>, or write your order in your own words.
menu-nothing = 🔎 Nothing in the catalogue sounds like “{ $words }”. Write it in another way, or look through the categories.
item-choice-unknown = An option is no longer offered. Please choose again.
item-gone = This article is no longer in the catalogue.
cart-item-gone = { $name } is no longer in the catalogue and was taken out.
note-ask = ✎ Write a note for <b>{ $name }</b> (at most { $max } characters), for example: <i>in two parcels, please</i>
help-title = ❔ <b>Help</b>
    /menu – the catalogue · /cart – your cart · /orders – your orders · /company – your company · /language – language · /cancel – leave an order
    Or ask in your words: <i>/help invoice</i>
command-menu = The catalogue
stock-nothing = Nothing in the catalogue is called “{ $words }”.
stock-returned = ✅ On sale again.
stock-not-yours = The numbers are changed by the owner and managers; you can mark things as sold out.
button-stock-return = ✅ On sale again

## Rules of approval
rule-over-limit = It is more than the account's limit leaves.
rule-over-budget = It is more than the budget of who orders leaves.
rule-overdue = Something on the account is overdue.
rule-long-overdue = Something on the account has been overdue for more than two weeks.
rule-too-long-overdue = Something on the account has been overdue for more than two months: please pay it first, or pay this order another way.
rule-large = Orders above ¥20,000 are looked at by a person.

## Orders made ready
template-new-desk = For new colleagues
template-copy-room = Copy room
