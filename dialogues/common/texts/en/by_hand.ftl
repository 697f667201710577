# Orders that the team takes and changes for customers.

command-order = Take an order for a customer
by-hand-ask = 📞 <b>An order for a customer</b>
    Write their name and phone number, or the number of an earlier order of theirs:
    <i>Lin +86 138 0000 0000</i> or <i>#12</i>
by-hand-found = 📞 Who of them is “{ $words }”?
by-hand-nobody = 📞 I know nobody by “{ $words }”.
by-hand-for = 📞 <b>For { $name }</b>
by-hand-placed = ✅ Order <b>#{ $number }</b> is placed for { $name }: { $total }
by-hand-barred = You may not take orders for others any more; what you had begun is closed.
push-placed-by-hand = 📞 The shop took order #{ $number } down for you. If you did not ask for it, cancel it on its card.
order-by-hand = 📞 Entered for you by the shop
kitchen-by-hand = 📞 Entered by { $who }
kitchen-by-phone = ☎️ Not on Telegram: call them if anything changes.
button-by-hand-known = { $name } · #{ $number }
button-by-hand-new = ➕ New: { $name }
button-by-hand-stop = ✖ Stop, not for them
button-by-hand-next = 📞 The next order
button-work = 🧾 Its card
audit-placed-by-hand = { $subject }: taken for the customer

# Changing an order of theirs.
command-change = Change a customer's order
change-usage = Write which order: <code>/change 12</code>
change-too-late = Order #{ $number } is { $status }: it can't be changed any more.
change-overtaken = ⚠️ Order #{ $number } has moved on meanwhile: nothing was changed. Look at its card and begin again.
change-short = ⚠️ Others were faster: too little is left, of the goods or of the account, for the change of order #{ $number }. Nothing was changed.
change-nothing = Nothing is different: order #{ $number } stays as it is.
change-refused = The shop's rules, or the account's credit, don't allow the order as it would be.
change-saved = 💾 Order <b>#{ $number }</b> of { $name } is being changed: { $total }. They hear of it.
change-proposed = 📨 The change of order <b>#{ $number }</b> was sent to { $name }: { $total }. It holds once they agree.
by-hand-change = ✏️ <b>Changing #{ $number } of { $name }</b>
review-was = Was: { $total }
button-save-change = 💾 Save · { $total }
button-propose = 📨 Propose · { $total }
button-change-order = ✏️ Change
audit-changed-by-hand = { $subject }: saved a change, { $before } → { $after }
audit-proposed = { $subject }: proposed a change, { $before } → { $after }

# A change that an approver proposes.
approval-write-first = Write /start to me privately first, then press again: there you can change the order.
approval-change-here = Go on in our private chat.
approval-proposal = ✏️ { $who } proposes a change: { $total }. The customer is asked.
approval-proposal-over = ✏️ The customer keeps order #{ $number } as it was: please decide about that.
order-proposed = ✏️ <b>The shop proposes this instead:</b>
push-proposed = ✏️ About order #{ $number } the shop proposes something else: please answer on its card by { $time }.
button-agree = ✅ Agree · { $total }
button-decline = ↩️ As it was
proposal-agreed = Thank you. The order is being changed.
proposal-declined = It stays as it was; the shop decides about that.
proposal-short = Too little is left of it now: the order stays as it was, and the shop decides about that.
proposal-refused = The shop can't take it like this any more: the order stays as it was.
proposal-over = This proposal is over. Here is what is true now.
