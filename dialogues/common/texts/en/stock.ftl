# The stock as staff see and change it.

command-stock = Stock
stock-title = 📦 <b>Stock</b> · { $page }/{ $pages }
    Tap an item, or write a name to find it.
stock-found = Found for “{ $words }”:
stock-nothing = Nothing on the menu is called “{ $words }”.
stock-row = { $name } · { $amount }
stock-row-off = 🚫 { $name }
stock-row-uncounted = { $name } · ∞
stock-pieces = { $count }
stock-grams = { $count } g
stock-packs = { $count ->
    [one] 1 pack
   *[other] { $count } packs
 }
stock-packs-and = { $packs ->
    [one] 1 pack
   *[other] { $packs } packs
 } { $pieces ->
    [one] 1 piece
   *[other] { $pieces } pieces
 }
stock-loose = { $count ->
    [one] 1 piece
   *[other] { $count } pieces
 }
stock-change = { $sign }{ $amount }
stock-nudge = { $change }
stock-item = 📦 <b>{ $name }</b>
stock-level = On hand { $on-hand } · promised { $held } · available <b>{ $available }</b>
stock-uncounted = Not counted: it never runs out by itself.
stock-off = 🚫 Sold out until somebody puts it back.
stock-off-until = 🚫 Sold out until { $time }.
stock-last = Last: { $change } ({ $why }) – { $who }, { $time }
stock-how = Write what is there (<code>40</code>) or what came or went (<code>+12</code>, <code>-3</code>), or tap below.
stock-pending = <b>{ $change }</b> → { $amount } on hand. Why?
stock-booked = ✅ On hand now: { $amount }
stock-returned = ✅ Back on the menu.
stock-below-held = That can't be: { $held } are promised to customers. Cancel orders first, or write a larger number.
stock-below-held-none = There can't be less than nothing on hand.
stock-overtaken = Meanwhile something was sold: { $amount } on hand now. Look once more and confirm.
stock-same = That is what is on hand already; nothing to change.
stock-no-number = I can't read that as a number. Write <code>40</code>, <code>+12</code> or <code>-3</code>; nothing was changed.
stock-too-much = That is too much: at most { $most }.
stock-cannot-count = This item is not counted. Give it a <code>stock</code> in the catalogue first.
stock-not-yours = The numbers are changed by the owner and managers; you can take things off the menu.
stock-until-ask = <b>{ $name }</b>: sold out until when?
    For example: <i>18:30</i>, <i>tomorrow 10:00</i>, <i>24.12. 11:00</i>
stock-no-time = I can't read that as a time.
stock-time-past = That time is over.
stock-time-far = That is more than a year ahead.
stock-choices = <b>{ $name }</b>: tap what is sold out for today; tap again to put it back.
stock-choice-on = ✅ { $name }
stock-choice-off = 🚫 { $name }
stock-choice-fixed = The catalogue says that this is sold out: change it there.
stock-privately = 📦 Write /stock to me in our private chat.
button-stock-list = ‹ Stock
button-stock-discard = ✖ No change
button-stock-today = 🚫 Sold out today
button-stock-until = ⏰ Until…
button-stock-off = 🚫 Until put back
button-stock-return = ✅ Back on the menu
button-stock-choices = Options…
stock-reason-delivery = delivery
stock-reason-waste = waste
stock-reason-count = count
stock-reason-other = other

# What may stand behind a number, several words apart.
word-grams = g gr gram grams
word-kilograms = kg kilo kilos kilogram kilograms
word-pieces = piece pieces pc pcs
word-packs = pack packs box boxes
