# Orders on account: what customers read of their account, and what staff do with it.

## What customers read while they order
credit-standing = 💳 On account: limit { $limit }, { $used }, { $free }
credit-used = used { $amount }
credit-free = free { $amount }
credit-over = over the limit by { $amount }
credit-waiting = ⏳ Of what is used, { $amount } waits for approval.
credit-due = 📅 To be paid by { $day }, if you had it today.
credit-overdue = ⚠️ { $days ->
    [one] Something has been overdue for { $days } day.
   *[other] Something has been overdue for { $days } days.
}
credit-budget-left = { $amount } left of
credit-budget-over = { $amount } above
credit-budget-day = 🎯 Your budget for today: { $left } { $budget }
credit-budget-week = 🎯 Your budget for this week: { $left } { $budget }
credit-budget-month = 🎯 Your budget for this month: { $left } { $budget }
credit-short = ⛔ { $missing } of credit is missing for this order. Choose another way to pay, or order less.
credit-budget-short = ⛔ This order is { $missing } above your budget. Choose another way to pay, or order less.
credit-blocked = ⛔ Nothing can be ordered on account now: the account is blocked. Please pay another way, or ask us.
credit-currency = ⛔ Nothing can be ordered on account: the account is in { $currency }. Please pay another way, or ask us.
credit-short-let = ⚠️ { $missing } of credit is missing for this order: people decide about it. Or choose another way to pay, or order less.
credit-budget-short-let = ⚠️ This order is { $missing } above your budget: people decide about it. Or choose another way to pay, or order less.

## What staff read: the list and one account
command-credit = Accounts of customers
credit-privately = Accounts are shown in our private chat: write /credit to me there.
credit-list = 💳 <b>Accounts</b>
    Used of the limit. Write a company, a customer or an order's number to find one.
credit-list-none = 💳 There are no accounts yet. Write a company, a customer or an order's number to open one.
credit-button = { $blocked ->
    [yes] { "⛔ " }
   *[no] { "" }
}{ $overdue ->
    [yes] { "⚠️ " }
   *[no] { "" }
}{ $name } · { $used } / { $limit }{ $changes ->
    [0] { "" }
   *[other] { " · 🕐" }{ $changes }
}
credit-button-none = 🆕 { $name } · 🕐{ $changes }
credit-nobody = 💳 I find no company and no customer by “{ $words }”. Write it another way.
credit-found = 💳 Whose account by “{ $words }”?
button-credit-found = { $company ->
    [yes] 🏢
   *[no] 👤
} { $name }
button-credit-all = ‹ All accounts
button-credit-open = ➕ Open an account
button-company-account = 💳 Account
credit-none = 💳 <b>{ $name }</b> has no account yet: nothing can be ordered on account.
credit-title = 💳 <b>{ $name }</b> · <code>{ $id }</code>{ $blocked ->
    [yes] { "" }
        ⛔ <b>Blocked</b>: nothing can be ordered on it.
   *[no] { "" }
}
credit-limit-line = Limit { $limit } · <b>{ $free }</b>
credit-used-line = Used { $used } = { $owes } + open orders { $held }
credit-ahead-line = <b>Credit balance</b>: { $owes } · open orders { $held }
credit-owed = owed { $amount }
credit-ahead = paid ahead { $amount }
credit-terms-line = Terms: { $terms } · { $exceed ->
    [yes] may be exceeded
   *[no] may not be exceeded
} · { $currency } · { $zone }
credit-terms = { $eom ->
    [yes] { $days ->
        [0] end of the month
        [one] { $days } day after the end of the month
       *[other] { $days } days after the end of the month
    }
   *[no] { $days ->
        [0] at once
        [one] { $days } day
       *[other] { $days } days
    }
}
credit-oldest = { $days ->
    [0] 📅 The oldest debt is due on { $day }.
    [one] ⚠️ The oldest debt was due on { $day }: { $days } day overdue.
   *[other] ⚠️ The oldest debt was due on { $day }: { $days } days overdue.
}
credit-debt = • order #{ $number }: { $amount } by { $day }
credit-debt-other = • { $op ->
    [opened] from before
   *[other] adjustment
}: { $amount } by { $day }
credit-change-line = 🕐 { $who }, { $time }: { $plan }
credit-flag = { $on ->
    [yes] yes
   *[no] no
}
credit-what = { $what ->
    [open] opening
    [limit] limit
    [terms] terms
    [zone] time zone
    [exceed] exceeding the limit
    [block] block
    [repay] repayment
    [adjust] adjustment
   *[refund] refund
}
button-credit-repay = 💰 Repayment
button-credit-adjust = ± Adjustment
button-credit-refund = ↩️ Refund
button-credit-entries = 📒 Entries
button-credit-limit = ✎ Limit
button-credit-terms = ✎ Terms
button-credit-zone = ✎ Time zone
button-credit-exceed = { $exceed ->
    [yes] 🔒 Don't let it be exceeded
   *[no] 🔓 Let it be exceeded
}
button-credit-block = { $blocked ->
    [yes] ▶️ Unblock
   *[no] ⛔ Block
}
button-credit-change = 🕐 { $what }
button-credit-back = ‹ The account
credit-entries = 📒 <b>{ $name }</b>: entries, the newest first
credit-entry-set = { $time } <b>settings changed</b> · { $owes } · free { $free }
credit-entry = { $time } <b>{ $op ->
    [allocated] opened
    [updated] changed
    [purchased] ordered
    [reimbursed] repaid
    [refunded] refunded
    [reverted] called off
    [amended] order changed
    [charged] received
    [opened] owed from before
   *[adjusted] adjusted
}</b> { $amount } · { $owes } · free { $free }

## Changing an account
credit-ask = { $what ->
    [open] Open an account for <b>{ $name }</b>: write its limit and why, for example: <i>5000 agreed with Ms Lin</i>
    [limit] The new limit of <b>{ $name }</b>, and why, for example: <i>8000 pays on time</i>
    [terms] When <b>{ $name }</b> has to pay, in days after the goods, for example <i>30</i>; <i>eom 15</i> is 15 days after the end of the month. A reason may follow.
    [zone] In which time zone the days of <b>{ $name }</b> begin, for budgets and due days, for example: <i>Europe/Berlin</i>. A reason may follow.
    [repay] What <b>{ $name }</b> paid, the payment's reference, and a comment if you like, for example: <i>1200.50 TX-2291 by bank</i>
    [adjust] What is added to what <b>{ $name }</b> owes, or taken off, and why, for example: <i>+50 delivery fee</i> or <i>-50 goodwill</i>
   *[refund] Which order of <b>{ $name }</b>, how much is given back, and why, for example: <i>#12 30 two boxes broken</i>
}
word-credit-eom = eom
credit-plan = { $what ->
    [open] ➕ Open an account for <b>{ $name }</b> with a limit of <b>{ $after }</b>.
    [limit] ✎ Limit of <b>{ $name }</b>: { $before } → <b>{ $after }</b>
    [terms] ✎ Terms of <b>{ $name }</b>: { $before } → <b>{ $after }</b>
    [zone] ✎ Time zone of <b>{ $name }</b>: { $before } → <b>{ $after }</b>
    [exceed] { $on ->
        [yes] 🔓 Let <b>{ $name }</b> exceed the limit.
       *[no] 🔒 Don't let <b>{ $name }</b> exceed the limit any more.
    }
    [block] { $on ->
        [yes] ⛔ Block the account of <b>{ $name }</b>: nothing can be ordered on it; orders already placed go on.
       *[no] ▶️ Unblock the account of <b>{ $name }</b>.
    }
    [repay] 💰 Repayment of <b>{ $name }</b>: <b>{ $amount }</b>, reference { $reference } · { $before } → { $after }
    [adjust] { $more ->
        [yes] ± Add <b>{ $amount }</b> to what <b>{ $name }</b> owes · { $before } → { $after }
       *[no] ± Take <b>{ $amount }</b> off what <b>{ $name }</b> owes · { $before } → { $after }
    }
   *[refund] ↩️ Refund <b>{ $amount }</b> of order #{ $number } to <b>{ $name }</b> · { $before } → { $after }
}
credit-why = 💬 { $words }
credit-why-ask = Write why, if you like.
credit-warn-below = ⚠️ That is less than what is used: nothing can be ordered until { $amount } is repaid or called off.
credit-warn-ahead = ℹ️ That is more than what is owed: { $amount } is then paid ahead, as a credit balance.
credit-warn-currency = ⚠️ The account is in { $currency }: it can be settled, but nothing can be ordered on it here.
credit-alone = Nobody else may do this, so your confirmation is enough; the record says that you were alone.
credit-others = { $count ->
    [one] It takes a second person: one other is asked.
   *[other] It takes a second person: { $count } others are asked.
}
button-credit-do = ✅ Confirm
button-credit-propose = 📨 Propose
button-credit-again = ✎ Write it anew
credit-done-what = ✅ Done: { $what }
credit-proposed = { $count ->
    [one] 📨 Proposed. One other person is asked; I tell you what they decide.
   *[other] 📨 Proposed. { $count } other people are asked; I tell you what is decided.
}
credit-proposed-nobody = 📨 Proposed. I can't write to anybody else who may decide it now: they find it under /credit.
credit-card = { $plan }
    🕐 Proposed by { $who }, { $time }
button-credit-confirm = ✅ Confirm
button-credit-reject = ✖ Reject
button-credit-withdraw = ↩ Take it back
credit-second-person = You proposed this yourself: a second person decides it.
credit-not-yours = Only whoever proposed it takes it back. You can reject it.
credit-done = Carried out.
credit-cannot = It can't be carried out now. { $why }
credit-ended-done = ✅ Carried out: { $who }
credit-ended-rejected = ✖ Rejected: { $who }
credit-ended-withdrawn = ↩ Taken back: { $who }
credit-yours = { $ended }
    { $plan }

## What is wrong with what was typed
credit-fault-amount = I find no amount in “{ $words }”. Write it like 1200.50, without a comma before the decimals.
credit-fault-decimals = { $currency } has { $decimals ->
    [0] no decimals
    [one] { $decimals } decimal
   *[other] { $decimals } decimals
} at most. Write the amount with no more.
credit-fault-zero = Nothing would be booked by zero. Write how much it is.
credit-fault-negative = The amount is below zero. Write it without a minus.
credit-fault-large = That amount is too large to be one. Look at it once more.
credit-fault-sign = Write + or - before the amount: + adds to what is owed, - takes off.
credit-fault-why = Write why, too: behind the amount.
credit-fault-why-long = The words are too long: at most { $max } characters.
credit-fault-reference = Write the payment's reference behind the amount, as the bank names it: it keeps it from being booked twice.
credit-fault-reference-odd = A reference has Latin letters, digits and - / . _ only, at most 40 of them and no blanks.
credit-fault-order = Write the order's number first, for example: #12 30 broken
credit-fault-zone = I know no such time zone. Write its name like Europe/Berlin or Asia/Shanghai.
credit-fault-terms = Write days, at most 365, or eom and days: 30 or eom 15.
credit-fault-opened = The account is open already.
credit-fault-missing = There is no account to change.
credit-fault-same = It is like that already: nothing would change.
credit-fault-paid = The reference { $reference } was booked before, on the account of { $name }. If this is another payment, write its own reference.
credit-fault-no-order = No order #{ $number } is on this account.
credit-fault-not-received = The customer does not have order #{ $number } yet: change or cancel it instead, and what it holds is free again.
credit-fault-called-off = Order #{ $number } was called off: nothing of it is owed.
credit-fault-too-much = Of order #{ $number } no more than { $left } is left to refund.
