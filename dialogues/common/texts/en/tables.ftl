# Tables: what a guest at one reads, and whoever manages their codes.

## The guest
table-name = Table { $id }
home-table = 🍜 <b>{ $table }</b> · { $shop }
    Hello { $name }! Order here in a few taps; we bring it to you.
table-moved = You are at { $table } now. Your cart came along.
table-over = It is more than three hours since you scanned the code at { $table }. To order there, scan it again; nothing that you chose is lost.
table-needed = This is ordered at a table: scan the code on yours, please. Nothing that you chose is lost.
table-code-old = This code is no longer in use. Please ask for the new code of your table.
table-code-unknown = If it came from a code on a table, please ask for the new code of that table.
order-placed-table = ✅ Order <b>#{ $number }</b> for { $table } is placed. We bring it to you.
order-table = 🍜 { $table }
button-order-more = ➕ Order more
waiter-where = To call a waiter, scan the code on your table first, please.
button-waiter = 🛎 Call waiter
waiter-comes = We have called a waiter to you.
waiter-called = A waiter has been called and will be with you in a moment.
waiter-nobody = I can't reach anybody of the team right now. Please wave to somebody.

## The team
ring-waiter = 🛎 <b>{ $table }</b> calls a waiter · { $name } · { $time }
kitchen-table = 🍜 { $table }
tables-title = 🍜 <b>Tables</b>
    Tap one to see the link of its code, or to make a new code.
tables-none = The shop has no tables. Write <code>[tables] count = 12</code> into <code>shop.toml</code>, then send /reload.
table-link = 🍜 <b>{ $table }</b>
    { $link }
    Whoever opens this link sits there. <code>ks-order links</code> with <code>--qr</code> draws it for printing.
table-ask-renew = Make a new code for { $table }? The printed one stops working at once.
table-renewed = ✅ The code before no longer works. Here is the new one; print it for the table.
table-renewed-before = This code was renewed already. Here is the present one.
button-copy-link = 📋 Copy the link
button-table-renew = ♻️ New code…
button-table-renew-yes = ♻️ Yes, new code
button-tables = ‹ Tables
command-tables = Tables and their codes
