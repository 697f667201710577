# How somebody joins the team, and what the team looks up.

invite-usage = Write /invite and for whom:
    { $roles }
invite-usage-role = <code>/invite { $command }</code> – { $role }
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
