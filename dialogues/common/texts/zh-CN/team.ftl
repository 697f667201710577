# 员工如何加入，以及员工的查询。

invite-usage = 请输入 /invite 加上身份：
    { $roles }
invite-usage-role = <code>/invite { $command }</code> – { $role }
invite-link = <b>{ $role }</b>邀请链接，仅可用一次，{ $time } 前有效：
    { $link }
button-invite-take-back = ✖ 收回邀请
invite-taken-back = ✖ 此邀请已收回，不能再使用。
invite-was-used = 此邀请已被 { $who } 使用，无法收回。
invite-over = 此邀请已过期。
invite-joined = 👋 { $who } 已加入，身份是{ $role }。
link-invalid = 无法识别此链接，可能复制得不完整。请向发链接的人索取新的链接。
link-used = 此链接已被别人使用，每个链接只能一个人用。请索取新的链接。
link-used-by-you = 您已经用过此链接，无需再次操作。
link-expired = 此链接已过期。请向发链接的人索取新的链接。
link-revoked = 此链接已被店家收回。请向店家索取新的链接。
link-own = 这是您自己发出的邀请（{ $role }），请转发给要加入的人。链接仍然有效。
link-needless = 您已经是{ $role }了。此链接仍然有效，可以给别人使用。
