# The restaurant's own words. A text of the same id here takes the place of the product's.

pickup = 🥡 Pickup
pickup-items = Dishes
pickup-time = Pickup time
pickup-time-ask = When would you like to pick it up?
pickup-time-example = tap “As soon as possible”
pickup-time-asap = As soon as possible
pickup-time-in-30 = In 30 minutes
pickup-time-in-45 = In 45 minutes
pickup-time-in-60 = In 1 hour
pickup-name = Name
pickup-name-ask = Which name shall we call out at the counter?
pickup-name-example = Li Wei
pickup-phone = Phone
pickup-phone-ask = This is a large order: at which number can we reach you?
pickup-phone-example = 138 0013 8000
pickup-note = Note
pickup-note-ask = Anything the kitchen should know?
pickup-note-example = chopsticks for four, please

delivery = 🛵 Delivery
delivery-items = Dishes
delivery-address = Address
delivery-address-ask = Where shall we bring it?
delivery-address-example = 12 Garden Road, flat 5
delivery-phone = Phone
delivery-phone-ask = At which number can the courier reach you?
delivery-phone-example = 138 0013 8000
delivery-when = Delivery time
delivery-when-ask = When shall we bring it?
delivery-when-example = tap “As soon as possible”
delivery-when-asap = As soon as possible
delivery-when-in-60 = In 1 hour
delivery-when-in-90 = In 1½ hours
delivery-pay = Payment
delivery-pay-ask = How would you like to pay the courier?
delivery-pay-example = tap “Cash”
delivery-note = Note
delivery-note-ask = Anything the kitchen or the courier should know?
delivery-note-example = the bell is broken, please call
payment-cash = Cash
payment-card = Card at the door
fee-delivery = Delivery

dine-in = 🍜 Order at the table
dine-in-items = Dishes
dine-in-guests = Guests
dine-in-guests-ask = How many are you? We bring as many plates.
dine-in-guests-example = 4
dine-in-note = Note
dine-in-note-ask = Anything the kitchen should know?
dine-in-note-example = the cold dishes first, please
dine-in-payment = Payment
dine-in-payment-ask = How would you like to pay?
dine-in-payment-example = at the table
payment-at-table = at the table, after the meal

reason-busy = the kitchen is too busy right now
reason-sold-out = a dish has just sold out
reason-closing = we are about to close
reason-begun = it is being cooked already
reason-almost-ready = it is almost ready
reason-nobody-there = nobody opened
reason-address-not-found = the address could not be found
reason-refused = it was not accepted at the door
tax-food = VAT on food
tax-alcohol = VAT on alcohol

## Rules of approval
rule-large = Orders above ¥2,000 are looked at by a person.

# What dishes are fit for
diet-vegetarian = vegetarian
diet-vegan = vegan

## Orders made ready
template-lunch = Lunch to share
template-lunch-about = Pork, greens, rice and tea for two to twelve.
template-tea-break = Tea break
template-tea-break-note = for sharing
