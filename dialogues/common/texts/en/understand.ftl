# Orders in somebody's own words: what was done, what was not understood, what is asked.

said-done = 🛒 <b>Done</b>
said-added = ＋ { $what }
said-added-more = ＋ { $what } ({ $all } in all)
said-removed = － { $what }
said-changed = ✎ { $what }
said-quote = “{ $words }”
said-unknown = ❔ Not understood: { $words }{ $more ->
    [0] { "" }
   *[other] { " " }and { $more } more
  }. Please say it in another way.
said-not-there = ⚠️ { $name }: there is none in your cart.

## Questions, one at a time
said-which = 👉 “{ $words }”: which one?
said-unsure = 👉 “{ $words }”: did you mean …?
said-kind = 👉 “{ $words }”: which one shall it be?
said-near = 👉 We have no “{ $words }”. This comes near:
said-variant = 👉 { $what }: which size?
said-choice = 👉 { $what } · { $group }: which one?
said-options = 👉 { $what }: please choose its options.
said-sold-out = ✖ { $what }: sold out. There is, instead:
said-short = ⚠️ { $what }: { $left ->
    [0] no more is left.
   *[other] only { $left } left.
  }
said-most = ⚠️ { $what }: one order may have { $max } at most.
said-amount = 👉 { $name }, “{ $words }”: how much shall it be? The least is { $min }, in steps of { $step }.
said-how-many = 👉 { $name }, “{ $words }”: how many shall it be?
said-drop = 👉 { $name }: which of them goes?
said-change = 👉 { $name }: which of them do you mean?
said-then = Then: { $words }
button-said-choose = ☰ All options
button-said-leave = ✖ Leave it out
button-said-keep = ✖ None
button-said-drop = { $what } ({ $options })
button-said-drop-all = All of them
button-said-undo = ↩ Undo

## What else was said
said-left-out = Left out: “{ $words }”.
said-undone = ↩ Undone. Your cart is as it was before.
said-not-undone = Your cart has changed since, so nothing was undone.
said-cancel-nothing = There is nothing in your cart. To cancel an order that you placed, open it here.
said-again-nothing = You have not ordered here yet, so there is nothing to repeat.
said-no-answer = “{ $words }”: we have nothing of that name, and I have no answer to it. This is what is asked most:
