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
