# Orders that people decide: what approvers, their customers and the owner read.

## The card
approval-open = ⚖️ <b>To be decided</b>
approval-approved = ✅ <b>Approved</b>
approval-rejected = ✖ <b>Declined</b>
approval-expired = ⌛ <b>Nobody decided in time.</b>
approval-withdrawn = ↩️ <b>The customer took the order back.</b>
approval-called-off = ✖ <b>The shop called the order off.</b>
approval-why = ▸ { $rule }
approval-why-seen = ▸ { $rule } ({ $seen })
approval-why-warns = ▸ 💡 { $rule } ({ $seen })
approval-why-failed = ▸ ⚠️ Could not be worked out: { $rule } ({ $seen })
approval-seen = { $name } { $value }
approval-need-any = Asked: { $roles }
approval-need-all = Asked: every { $roles } who is there
approval-need-of = Asked: { $count } of { $roles }
approval-tier = Round { $at } of { $of }
approval-yes = ✅ { $who }, { $time }
approval-yes-for = ✅ { $who } for { $of }, { $time }
approval-no = ✖ { $who }, { $time }
approval-no-for = ✖ { $who } for { $of }, { $time }
approval-said = 💬 { $who }: <i>{ $words }</i>
approval-unanswered = ⏳ The customer has not answered yet.
approval-by = Decide by <b>{ $time }</b>; until then the goods are set aside.
approval-reject-ask = Why? The customer reads the reason. For your own words, reply to this card.
approval-typed = ✎ <i>{ $words }</i>
    What is this?
button-approve = ✅ Approve
button-approval-ask = ❓ Ask
button-typed-reject = ✖ Decline for this reason
button-typed-ask = ❓ Ask the customer this
button-typed-leave = Neither

## Answers to presses
approval-noted = Noted. Others are asked too.
approval-ask-how = Reply to this card with your question, then choose “Ask the customer this”.
approval-type-first = Reply to this card with your own words first, then press.
approval-question-sent = The customer is asked. The answer comes to this card.
approval-said-enough = More questions don't fit here. Please decide, or call the customer.
approval-changed = The order has changed since. Please look at it again.
approval-proposed = The customer is asked whether they want the order changed. You decide once they have answered.
approval-twice = You have approved it already. Others are asked too.
approval-own = This is your own order: somebody else decides.
approval-limit = You may approve up to { $limit }. Somebody else is asked.
approval-not-asked = Others are asked about this order, not you.
approval-over-yes = { $who } has approved it already.
approval-over-no = { $who } has declined it already.
approval-remind = ⏱ Order #{ $number } has been waiting for your decision for { $minutes } minutes. It ends at { $time }.
approval-answered = 💬 #{ $number }, the customer: <i>{ $words }</i>

## The list
approvals-title = ⚖️ <b>Waiting for you</b>
approvals-none = ⚖️ Nothing waits for you.
approvals-line = #{ $number } · { $total } · { $who } · { $age }
approvals-privately = Write /approvals to me privately: what waits is different for everybody.
approvals-all-ask = Approve { $count ->
    [one] this order?
   *[other] these { $count } orders?
  }
approvals-all-line = #{ $number } · { $total }
approvals-all-done = ✅ { $count ->
    [one] One order is
   *[other] { $count } orders are
  } being approved. What can't be, you are told.
button-approve-all = ✅ Approve all ({ $count })
button-approve-all-yes = ✅ Yes, approve
command-approvals = What waits for my decision
command-away = I am away

## Away
away-title = 🌴 <b>When you are away</b>
away-not = You are here: what is yours to decide comes to you. How long will you be away, today included? For a date write, for example: <i>/away 2026-12-24</i>
away-until = You are away until { $time }; nobody decides for you.
away-until-with = You are away until { $time }; { $who } decides for you.
away-who = Away until { $time }. Who decides for you?
away-circle = { $who } is away too and leaves it to you in the end: nobody would decide. Choose somebody else.
away-set = Noted.
away-ended = Welcome back.
button-away-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
  }
button-away-back = 👋 I am back
button-away-nobody = Nobody
refusal-day-past = That day is over, or more than a year ahead.

## What the customer reads
review-warning = 💡 { $rule }
review-decides = ⚖️ A person decides about this order before we begin:
review-refused = ✋ We can't take this order as it is:
order-decides = ⚖️ A person decides about this order:
order-decides-why = ▸ { $rule }
order-decides-by = You hear by { $time } at the latest; until then everything is set aside for you.
button-order-edit = ✎ Change
push-approved = 👍 Order #{ $number } is approved.
push-undecided = 😔 I am sorry: nobody at the shop decided about order #{ $number } in time. It is cancelled, nothing is charged.
approval-question = ❓ A question about order #{ $number }:
    <i>{ $words }</i>
    Write your answer here.
approval-answer-sent = Thank you. Your answer about order #{ $number } was passed on.
approval-answer-late = That question is over: the order is decided.
reason-undecided = nobody decided in time
reason-changed = taken back to be changed
reason-own-words = in the shop's own words

## What the owner hears
owner-no-approver = ⚠️ Nobody of those who are asked about order #{ $number } can decide it: they are away, can't be reached, or it is above their limit. It is yours to decide.
owner-undecided = ⚠️ Order #{ $number } has been waiting for a decision for { $minutes } minutes. You are asked now too.
owner-undecided-end = 🚨 Nobody decided about order #{ $number } in time. It was cancelled and the customer was told.
owner-silence-approved = ⚠️ Nobody decided about order #{ $number } in time. It was approved, as your rules say.
alert-rule = ⚠️ The rule “{ $rule }” in <code>approval.toml</code> could not be worked out for an order. A person decides such orders. Mend it and send /reload.

## Names of what rules read
role-company-approver = approver of the company
role-company-admin = admin of the company
fact-order-flow = way
fact-order-fulfilment = delivery
fact-order-table = table
fact-order-subtotal-minor = goods
fact-order-fees-minor = fees
fact-order-total-minor = total
fact-order-lines = lines
fact-order-units = pieces
fact-order-distinct-items = different items
fact-order-stock-left = left afterwards
fact-order-minutes-ahead = minutes ahead
fact-order-items = items
fact-order-categories = categories
fact-customer-completed-orders = orders before
fact-customer-cancelled-orders = cancelled before
fact-customer-groups = groups
fact-customer-language = language
fact-time-hour = hour
fact-time-minute = minute
fact-time-weekday = weekday
fact-time-open = open

## /rules
command-rules = How the rules see an order
rules-usage = Write the order's number: <code>/rules 12</code>
rules-no-flow = The shop no longer has the way in which this order was placed.
rules-title = ⚖️ <b>How the rules see order #{ $number } now</b>
rules-fires = ✅ fires { $why }
rules-not = – does not fire { $why }
rules-other = – is not for such an order { $why }
rules-failed = ⚠️ can't be worked out { $why }
rules-approve = 👉 Approved at once.
rules-reject = 👉 Not taken.
rules-need = 👉 People decide:
rule-company = The company wants large orders approved.
fact-customer-company = company
fact-customer-company-role = role in the company
value-unlimited = without bound
fact-credit-on-account = on account
fact-credit-limit = credit limit
fact-credit-used = used before
fact-credit-available-after = credit left afterwards
fact-credit-overdue-days = days overdue
fact-budget-left = budget left before
fact-budget-left-after = budget left afterwards

## /group
command-group = Put a customer into a group
group-usage = Write an order's number and a group; once more takes its customer out again: <code>/group 12 GROUP</code>
    { $groups }
group-usage-group = <code>{ $group }</code> { $name }
group-no-groups = The shop has no groups of customers: add <code>groups</code> to <code>shop.toml</code>.
group-in = { $who } is one of “{ $group }” now.
group-out = { $who } is no longer one of “{ $group }”.
