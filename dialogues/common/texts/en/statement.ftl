# Statements of account, their files, and reminders of what is due.

command-statement = Your account: what is owed, what was paid

## The statement
statement-title = 📄 <b>{ $name }</b> · { $days }
statement-own = Your account
statement-days = { $first } to { $last }
statement-until = from the beginning to { $last }
statement-owed = { $amount } owed
statement-ahead = { $amount } paid ahead
statement-opening = Balance before: { $balance }
statement-opened = 📥 Brought forward: { $amount }
statement-charged = ➕ { $count ->
    [one] { $count } delivery
   *[other] { $count } deliveries
}: { $amount }
statement-paid = ➖ { $count ->
    [one] { $count } payment
   *[other] { $count } payments
}: { $amount }
statement-refunded = ➖ { $count ->
    [one] { $count } refund
   *[other] { $count } refunds
}: { $amount }
statement-adjusted = ✏️ { $count ->
    [one] { $count } correction
   *[other] { $count } corrections
}: { $amount }
statement-nothing = Nothing was booked in this time.
statement-closing = <b>Balance after: { $balance }</b>
statement-held = 🔒 Open orders hold { $amount } besides.
statement-held-waiting = 🔒 Open orders hold { $amount } besides; of that, { $waiting } waits for approval.
statement-limit = 💳 Limit { $limit }, { $free }
statement-unpaid = <b>To be paid now and later</b>
statement-due = 📅 { $amount } by { $day }
statement-overdue = ⚠️ { $amount } was due on { $day }: { $days ->
    [one] { $days } day overdue
   *[other] { $days } days overdue
}
statement-due-later = … and { $amount } later.
statement-how = For other days write the first and the last: <i>2026-10-01 2026-11-15</i>
statement-which = 📄 Which account?
statement-none = You have no account here, or may not see your company's: its admins can.
statement-usage = Write whose: <code>/statement acme-ltd</code>, a company's name or a person's number; days may follow: <code>/statement acme-ltd 2026-10-01 2026-11-15</code>
statement-unknown = There is no account called { $words }.
statement-not-yours = { $words } is no account of yours.
statement-gone = There is no such account, or you may not see it.
statement-caption = 📄 { $name } · { $days }
    { $count ->
    [0] No entries
    [one] { $count } entry
   *[other] { $count } entries
}, balance: { $balance }
statement-sent = Your file is below.
statement-too-long = That is more than { $max } entries. Choose a shorter time.

button-statement = 📄 Statement
button-statement-month = This month
button-statement-last = Last month
button-statement-quarter = 3 months
button-statement-year = This year
button-statement-all = Everything
button-statement-csv = ⬇️ CSV
button-statement-xlsx = ⬇️ XLSX
button-statement-accounts = ‹ Accounts

## In files
sheet-title = Statement
sheet-date = Date
sheet-time = Time
sheet-what = What
sheet-order-day = Order of
sheet-order = Order no.
sheet-reference = Reference
sheet-amount = Amount { $currency }
sheet-balance = Balance { $currency }
sheet-due = Due
sheet-comment = Comment
sheet-opening = Balance before
sheet-closing = Balance after
sheet-opened = Brought forward
sheet-charged = Delivery
sheet-paid = Payment
sheet-refunded = Refund
sheet-adjusted = Correction

## Reminders
due-title = 💳 <b>{ $name }</b>: please look at what is to be paid.
due-soon = 📅 { $amount } by { $day }, in { $days } days.
due-tomorrow = 📅 { $amount } by tomorrow, { $day }.
due-late = ⚠️ { $amount } was due on { $day }, { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
}.
due-all = In all { $amount } is owed.
