# How somebody joins the team, and what the team looks up.

invite-usage = Write /invite and for whom:
    { $roles }
    To a manager or an approver you can give a limit, the largest order that they may approve: <code>/invite approver 500</code>
invite-usage-role = <code>/invite { $command }</code> – { $role }
role-not-yours = You can't give the role { $role }: it may do more than you may. Ask the owner.
role-limit-own = You may approve up to { $limit } yourself: give a limit of at most that.
role-limit-unreadable = I can't read this amount. Write a number, for example 500
role-without-limit = The role { $role } approves nothing, so it has no limit. Leave the amount out.
invite-link = Invite for <b>{ $role }</b>, valid once, until { $time }:
    { $link }
button-invite-take-back = ✖ Take it back
invite-taken-back = ✖ This invite was taken back; nobody can use it any more.
invite-was-used = This invite was used by { $who }: it can't be taken back.
invite-over = This invite had run out.
invite-joined = 👋 { $who } has joined the team: { $role }.
link-invalid = I don't know this link: perhaps a part of it is missing. Ask whoever sent it for a new one.
link-used = This link has been used by somebody else: it is good for one person. Ask for a new one.
link-used-by-you = You have used this link already; there is nothing more to do.
link-expired = This link has run out. Ask whoever sent it for a new one.
link-revoked = This link was taken back by the shop. Ask there for a new one.
link-own = This is your own invite ({ $role }): send it to whoever shall join. It is still good.
link-needless = You are on the team already: { $role }. The link stays good for somebody else.

# Orders looked up.
command-print = Print an order
age-minutes = { $minutes } min
age-hours = { $hours } h { $minutes } min
age-days = { $days ->
    [one] 1 day
   *[other] { $days } days
 }
look-number = <b>#{ $number }</b>
look-and = { $line } · { $part }
look-page = { $title } · { $page }
look-promised = for { $time }
look-wants-cancel = ❗ cancel?
look-placed = { $time }
look-customer = { $name }
look-numbered = 🔎 Orders with number <b>{ $number }</b>, the newest first
look-of-day = 🔎 Orders of <b>{ $day }</b>, the newest first
look-words = 🔎 Orders with “{ $words }” among the newest { $among }
look-none = None found.
look-no-more = There are no more.
look-not-yours = These pages are turned by whoever searched. Search yourself: /orders
look-usage = Write a number, a day or a name: <code>/orders 12</code>, <code>/orders 2026-11-25</code>, <code>/orders Lin</code>
orders-own-only = You see your own orders here.
word-yesterday = yesterday
button-look = #{ $number }
button-look-placed = #{ $number } · { $time }
button-print = 🖨
print-usage = Write the order's number: <code>/print 12</code>
print-none = There is no order #{ $number }.
print-page = <pre>{ $text }</pre>
print-placed = Ordered { $time }
print-line = { $count } x { $name }
print-line-grams = { $count } g { $name }

# Orders that come faster than a group may be written to.
fold-title = ⚡ <b>{ $count ->
    [one] One more order
   *[other] { $count } more orders
 }</b>. Tap a number: its card opens below.
fold-line = <b>#{ $number }</b> · { $flow } · { $total }
fold-line-late = ⏱ <b>#{ $number }</b> · { $flow } · { $total }
fold-more = … and { $count } more: /queue
fold-empty = ⚡ Nothing is left in this list.
