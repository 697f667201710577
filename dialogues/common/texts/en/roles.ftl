# The team: who has which role.

command-staff = The team
team-title = 👥 <b>The team</b>, { $count ->
    [one] one person
   *[other] { $count } people
 }. Tap a name to give or take roles.
team-line = { $name }: { $roles }
team-absent = ⚠️ can't be reached
team-named = 📄 in shop.toml
team-person = 👤 <b>{ $name }</b>
team-since = since { $time }
team-absent-why = ⚠️ I can't write to this person: they have not started the chat with me, or blocked it.
team-take-ask = Take the role { $role } away from <b>{ $name }</b>? It works at once.
team-give-ask = Which role shall <b>{ $name }</b> have too?
team-limit-ask = Up to which total may <b>{ $name }</b> approve orders? ({ $role })
    Write an amount, for example 500
team-gone = This person is not on the team any more.
team-last-owner = The last owner can't be removed: the shop would be nobody's.
team-taken = ✅ { $name } has the role { $role } no more.
team-given = ✅ { $name } has a new role: { $role }.
team-limit-set = ✅ The limit is set.
team-taken-from-you = You don't have the role <b>{ $role }</b> at <b>{ $shop }</b> any more.
button-take-role = ✖ { $role }
button-take-role-yes = ✖ Yes, take it away
button-give-role = ➕ Another role
button-limit = ✎ Limit
button-no-limit = No limit
button-team = ‹ The team
