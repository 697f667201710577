# 团队：谁有什么身份。

command-staff = 团队成员
team-title = 👥 <b>团队</b>，共 { $count } 人。点名字可给出或收回身份。
team-line = { $name }：{ $roles }
team-absent = ⚠️ 联系不上
team-named = 📄 写在 shop.toml 里
team-person = 👤 <b>{ $name }</b>
team-since = { $time }起
team-absent-why = ⚠️ 我没法给这个人发消息：对方还没和我开始聊天，或把我拉黑了。
team-take-ask = 收回 <b>{ $name }</b> 的“{ $role }”身份？立即生效。
team-give-ask = 再给 <b>{ $name }</b> 哪个身份？
team-limit-ask = <b>{ $name }</b> 最多能审批多大金额的订单？（{ $role }）
    请输入金额，例如 500
team-gone = 此人已不在团队中。
team-last-owner = 最后一位店主不能移除，否则店铺就没有主人了。
team-taken = ✅ { $name } 不再是{ $role }。
team-given = ✅ { $name } 有了新身份：{ $role }。
team-limit-set = ✅ 上限已更新。
team-taken-from-you = 您不再是 <b>{ $shop }</b> 的<b>{ $role }</b>。
button-take-role = ✖ { $role }
button-take-role-yes = ✖ 确认收回
button-give-role = ➕ 再给一个身份
button-limit = ✎ 上限
button-no-limit = 不设上限
button-team = ‹ 团队
