# Companies: who orders for one, its members, addresses, rules and orders.

command-company = Your company
companies-title = 🏢 <b>Companies</b>
companies-none = 🏢 There are no companies yet. Make one: <code>/company new ACME Ltd</code>
companies-button = { $name } · { $members }
companies-button-stopped = ⏸ { $name } · { $members }
button-companies = ‹ All companies
company-none = You belong to no company here. Ask your company's admin for a link.
company-new-usage = Write the company's name behind it ({ $min } to { $max } characters): <code>/company new ACME Ltd</code>
company-made = ✅ { $name } is there now; its id is <code>{ $id }</code>. Send its first admin a link.
company-own-title = 🏢 <b>Your companies</b>
company-button = { $name } · { $role }
company-not-yours = There is no such company, or you are not in it.
company-admins-only = Only the company's admins may do that.

## A company
company-title = 🏢 <b>{ $name }</b>
company-is-stopped = ⏸ Stopped by the shop: nobody can order for it now.
company-counts = Members: { $members } · Addresses: { $addresses }
company-own-role = You are here as <b>{ $role }</b>.
company-ordered-for = What you order now is for this company.
company-not-ordered-for = What you order now is not for this company.
company-role-buyer = buyer
company-role-approver = approver
company-role-admin = admin
button-company-members = 👥 Members
button-company-addresses = 📍 Addresses
button-company-fields = 🧾 Order details
button-company-rules = 📏 Rules
button-company-orders = 📦 Orders
button-company-for = 🔁 For whom I order
button-company-link = 🔗 Invite
button-company-leave = 🚪 Leave
button-company-first = 🔑 Link for its admin
button-company-stop = ⏸ Stop
button-company-start = ▶️ Start again
button-company-yes = Yes
company-stop-ask = Stop { $name }? Its members can't order for it until you start it again; orders already placed go on.
company-start-ask = Start { $name } again? Its members can order for it then.
company-stopped = ⏸ The shop has stopped { $name }: until it is started again its members order for themselves.
company-started = ▶️ The shop has started { $name } again: its members can order for it.
company-leave-ask = Leave { $name }? You can't order for it any more then.
company-left = You have left { $name }.
company-somebody-left = 🚪 { $who } has left { $name }.
company-last-admin = A company needs an admin: make somebody else one first.

## Links
company-link-ask = As what shall they join?
company-link = Invite to { $name } as { $role }, until { $time }. Whoever opens it asks to join; an admin lets them in:
    { $link }
company-link-first = Link for the admin of { $name }, good for one person until { $time }:
    { $link }
company-link-stopped = The shop has stopped { $name }, so nobody can join it now. Ask the shop.
company-in-already = You are in { $name } already. See /company.
company-full = { $name } has as many members as it may.
company-offer = 🏢 { $name } invites you to order for it as { $role }. One of its admins will be asked to let you in.
company-offer-first = 🏢 { $name }: with this link you become its { $role } and look after its members, addresses and rules.
button-company-join = ✅ Join
button-company-ask = ✅ Ask to join
company-asked = 🕐 You have asked to join { $name }. An admin decides; I tell you then.
company-asked-already = 🕐 You have asked to join { $name } already. An admin decides; I tell you then.
company-welcome-admin = 👋 You are an admin of { $name } now. Everything is under /company: invite your people, add addresses, make rules.
company-first-joined = 👋 { $who } is an admin of { $name } now.
company-asks = 🙋 { $who } wants to join { $name } as { $role }.
company-waiting = 🙋 { $who } waits to be let in as { $role }.
button-company-let-in = ✅ Let { $who } in
button-company-refuse = ✖ Refuse { $who }
company-welcome = 👋 You are in { $name } now as { $role }. See /company; what you order is for it unless you choose otherwise.
company-refused = { $name } did not let you in. Ask its admins if you think that is a mistake.
company-let-in = ✅ { $who } is in as { $role }: { $by } let them in.
company-not-let-in = ✖ { $who } was not let in: { $by } refused.
company-decided-already = This was decided already.

## Members
company-members = 👥 <b>Members of { $name }</b>
company-members-none = 👥 Nobody is in { $name } yet. Send its first admin a link.
company-member = <b>{ $who }</b> · { $role } since { $time }
company-member-by = Let in by { $who }.
company-member-ordered = Last order for the company: { $time }
company-member-limit = Approves up to { $amount }.
company-member-gone = This member is gone already.
button-company-role = Make { $role }
button-company-limit = ✎ Limit
button-company-limit-none = No limit
button-company-remove = 🗑 Take out
company-role-ask = Make { $who } { $role }?
company-role-now = You are { $role } of { $name } now.
company-limit-ask = Up to which amount may { $who } approve orders? Write it, for example: <i>5000</i>
company-remove-ask = Take { $who } out of { $name }? They can't order for it from that moment on.
company-removed = { $who } is no longer in the company.
company-removed-you = You are no longer in { $name }: what you order is for yourself.

## Addresses, order details, rules
company-addresses = 📍 <b>Delivery addresses</b>
company-addresses-none = 📍 There are no delivery addresses yet.
company-address = <b>{ $label }</b>: { $words }
company-address-ask = Write a short name, a colon and the address, for example: <i>Warehouse: 12 Nanjing Road, building 3</i>
company-address-unreadable = A short name (at most 24 characters), a colon, then the address (4 to 200 characters), please.
company-addresses-full = A company keeps { $max } addresses at most: take one away first.
company-address-gone = This address was taken away.
button-company-address = 🏢 { $label }: { $words }
button-company-add = ＋ Add
button-company-drop = 🗑 { $what }
company-fields = 🧾 <b>Order details</b>
    They are offered to everybody who orders for the company.
company-field-ask = ✎ Write it: <b>{ $title }</b>
company-rules = 📏 <b>The company's own rules</b>
    They come on top of the shop's.
company-rules-none = 📏 The company has no rules of its own.
company-rules-full = A company has { $max } rules at most: take one away first.
company-rule = Above { $amount }: { $need }
company-need-approver = { $quorum ->
    [any] one approver
    [all] all approvers
   *[other] { $quorum } approvers
  }
company-need-admin = { $quorum ->
    [any] one admin
    [all] all admins
   *[other] { $quorum } admins
  }
company-rule-ask = Orders above which amount need an approval? Write it, for example: <i>5000</i>
company-rule-who = Orders above { $amount }: who must approve?
company-rule-nobody = ⚠️ There is no approver yet, so nobody could approve by this rule: until there is one it falls to the admins.
company-amount-unreadable = An amount, please, such as 5000 or 99.50.

## Ordering
order-company = 🏢 For: <b>{ $name }</b>
review-for-yourself = 👤 For: <b>yourself</b>
review-company-stopped = 👤 For: <b>yourself</b>. The shop has stopped { $name }.
review-company-changed = ⚠️ For whom this order is has changed since you last saw it. Please look once more.
company-stopped-now = ⏸ The shop has stopped { $name }: this order is for yourself now. Please look once more.
company-left-now = You are no longer in that company: this order is for yourself now. Please look once more.
company-for-ask = For whom do you order?
company-for-myself = myself
company-chosen = You order for { $name } now.
company-chosen-none = You order for yourself now.
company-orders-all = 📦 <b>Orders of the company</b>
company-orders-own = 📦 <b>Your orders for the company</b>
company-orders-none = 📦 There are no orders.
button-company-order = #{ $number } · { $time } · { $who } · { $total } · { $status }
button-company-order-own = #{ $number } · { $time } · { $total } · { $status }
company-ordered-by = Ordered by { $who }.

## What a member may order for on account
budget = { $amount } a { $period ->
    [day] day
    [week] week
   *[month] month
}
company-member-budget = May order for { $budget } on account.
button-company-budget = 🎯 Budget
company-budget-ask = For how much may { $who } order on account, and in which time? Write an amount and day, week or month, for example: <i>500 month</i>
company-budget-unreadable = An amount above zero and day, week or month, please, such as 500 month.
button-company-budget-none = No bound
word-budget-day = day
word-budget-week = week
word-budget-month = month
company-remove-with = { $ask }
    { $orders }
company-remove-open = { $count ->
    [one] ⚠️ One open order of theirs on account stays with the company, which pays for it.
   *[other] ⚠️ { $count } open orders of theirs on account stay with the company, which pays for them.
}
