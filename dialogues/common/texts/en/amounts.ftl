# Amounts of what is sold by weight.

item-left-grams = Only { $left } g left.
item-too-much-grams = At most { $max } g of this in one order.
item-too-little-grams = The least we sell is { $min } g.
