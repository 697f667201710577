# 企业：谁为企业下单，成员、地址、规则和订单。

command-company = 我的企业
companies-title = 🏢 <b>企业</b>
companies-none = 🏢 还没有企业。新建一个：<code>/company new 蓝湖贸易</code>
companies-button = { $name } · { $members } 人
companies-button-stopped = ⏸ { $name } · { $members } 人
button-companies = ‹ 全部企业
company-none = 您还不属于任何企业。请向企业管理员索要链接。
company-new-usage = 请在后面写上企业名称（{ $min } 到 { $max } 个字）：<code>/company new 蓝湖贸易</code>
company-made = ✅ 已建立{ $name }，编号 <code>{ $id }</code>。请把链接发给它的第一位管理员。
company-own-title = 🏢 <b>您的企业</b>
company-button = { $name } · { $role }
company-not-yours = 没有这家企业，或您不在其中。
company-admins-only = 只有企业管理员可以这样做。

## 一家企业
company-title = 🏢 <b>{ $name }</b>
company-is-stopped = ⏸ 店家已停用：现在不能为它下单。
company-counts = 成员：{ $members } · 地址：{ $addresses }
company-own-role = 您的身份：<b>{ $role }</b>。
company-ordered-for = 您现在的订单记在这家企业名下。
company-not-ordered-for = 您现在的订单不记在这家企业名下。
company-role-buyer = 采购员
company-role-approver = 审批人
company-role-admin = 管理员
button-company-members = 👥 成员
button-company-addresses = 📍 地址
button-company-fields = 🧾 订单资料
button-company-rules = 📏 规则
button-company-orders = 📦 订单
button-company-for = 🔁 为谁下单
button-company-link = 🔗 邀请
button-company-leave = 🚪 退出
button-company-first = 🔑 管理员链接
button-company-stop = ⏸ 停用
button-company-start = ▶️ 重新启用
button-company-yes = 确定
company-stop-ask = 停用{ $name }？重新启用之前，成员不能为它下单；已下的订单照常进行。
company-start-ask = 重新启用{ $name }？之后成员又可以为它下单。
company-stopped = ⏸ 店家已停用{ $name }：重新启用之前，成员的订单记在自己名下。
company-started = ▶️ 店家已重新启用{ $name }：成员又可以为它下单了。
company-leave-ask = 退出{ $name }？之后就不能为它下单了。
company-left = 您已退出{ $name }。
company-somebody-left = 🚪 { $who } 退出了{ $name }。
company-last-admin = 企业必须有一位管理员：请先让别人成为管理员。

## 链接
company-link-ask = 对方以什么身份加入？
company-link = 邀请加入{ $name }，身份：{ $role }，{ $time } 前有效。打开的人提出申请，由管理员批准：
    { $link }
company-link-first = { $name }的管理员链接，仅限一人，{ $time } 前有效：
    { $link }
company-link-stopped = 店家已停用{ $name }，现在不能加入。请向店家询问。
company-in-already = 您已经在{ $name }里了。请看 /company。
company-full = { $name }的成员已满。
company-offer = 🏢 { $name }邀请您以{ $role }身份为它下单。加入前会请它的管理员批准。
company-offer-first = 🏢 { $name }：用这个链接，您将成为它的{ $role }，管理成员、地址和规则。
button-company-join = ✅ 加入
button-company-ask = ✅ 申请加入
company-asked = 🕐 您已申请加入{ $name }。管理员决定后我会告诉您。
company-asked-already = 🕐 您之前已申请加入{ $name }。管理员决定后我会告诉您。
company-welcome-admin = 👋 您现在是{ $name }的管理员。一切都在 /company：邀请同事、添加地址、制定规则。
company-first-joined = 👋 { $who } 现在是{ $name }的管理员。
company-asks = 🙋 { $who } 想以{ $role }身份加入{ $name }。
company-waiting = 🙋 { $who } 等待批准，身份：{ $role }。
button-company-let-in = ✅ 批准 { $who }
button-company-refuse = ✖ 拒绝 { $who }
company-welcome = 👋 您已加入{ $name }，身份：{ $role }。请看 /company；除非另选，您的订单都记在它名下。
company-refused = { $name }没有批准您加入。如有疑问，请联系它的管理员。
company-let-in = ✅ { $who } 已加入，身份：{ $role }；批准人：{ $by }。
company-not-let-in = ✖ { $who } 没有获准加入；拒绝人：{ $by }。
company-decided-already = 这件事已经决定了。

## 成员
company-members = 👥 <b>{ $name }的成员</b>
company-members-none = 👥 { $name }还没有成员。请把链接发给它的第一位管理员。
company-member = <b>{ $who }</b> · { $role }，自 { $time }
company-member-by = 批准人：{ $who }。
company-member-ordered = 最近一次为企业下单：{ $time }
company-member-limit = 审批上限：{ $amount }。
company-member-gone = 这位成员已经不在了。
button-company-role = 设为{ $role }
button-company-limit = ✎ 上限
button-company-limit-none = 不设上限
button-company-remove = 🗑 移出
company-role-ask = 把 { $who } 设为{ $role }？
company-role-now = 您现在是{ $name }的{ $role }。
company-limit-ask = { $who } 最多可以审批多少金额的订单？请输入，例如：<i>5000</i>
company-remove-ask = 把 { $who } 移出{ $name }？从那一刻起就不能为它下单了。
company-removed = { $who } 已不在企业里。
company-removed-you = 您已不在{ $name }里：您的订单记在自己名下。

## 地址、订单资料、规则
company-addresses = 📍 <b>收货地址</b>
company-addresses-none = 📍 还没有收货地址。
company-address = <b>{ $label }</b>：{ $words }
company-address-ask = 请写简称、冒号和地址，例如：<i>仓库：南京路 12 号 3 号楼</i>
company-address-unreadable = 请写简称（最多 24 个字）、冒号，再写地址（4 到 200 个字）。
company-addresses-full = 企业最多保存 { $max } 个地址：请先删掉一个。
company-address-gone = 这个地址已经删掉了。
button-company-address = 🏢 { $label }：{ $words }
button-company-add = ＋ 添加
button-company-drop = 🗑 { $what }
company-fields = 🧾 <b>订单资料</b>
    为企业下单的人都会看到这些内容，一点即可填入。
company-field-ask = ✎ 请输入：<b>{ $title }</b>
company-rules = 📏 <b>企业自己的规则</b>
    在店家的规则之外生效。
company-rules-none = 📏 企业还没有自己的规则。
company-rules-full = 企业最多有 { $max } 条规则：请先删掉一条。
company-rule = 超过 { $amount }：{ $need }
company-need-approver = { $quorum ->
    [any] 一位审批人
    [all] 全部审批人
   *[other] { $quorum } 位审批人
  }
company-need-admin = { $quorum ->
    [any] 一位管理员
    [all] 全部管理员
   *[other] { $quorum } 位管理员
  }
company-rule-ask = 超过多少金额的订单需要审批？请输入，例如：<i>5000</i>
company-rule-who = 超过 { $amount } 的订单：由谁审批？
company-rule-nobody = ⚠️ 还没有审批人，没有人能按这条规则审批：有审批人之前由管理员审批。
company-amount-unreadable = 请输入金额，例如 5000 或 99.50。

## 下单
order-company = 🏢 企业：<b>{ $name }</b>
review-for-yourself = 👤 为 <b>自己</b> 下单
review-company-stopped = 👤 为 <b>自己</b> 下单：店家已停用{ $name }。
review-company-changed = ⚠️ 这份订单记在谁名下有了变化，请再看一遍。
company-stopped-now = ⏸ 店家已停用{ $name }：这份订单现在记在您自己名下，请再看一遍。
company-left-now = 您已不在那家企业里：这份订单现在记在您自己名下，请再看一遍。
company-for-ask = 您为谁下单？
company-for-myself = 自己
company-chosen = 您现在为{ $name }下单。
company-chosen-none = 您现在为自己下单。
company-orders-all = 📦 <b>企业的订单</b>
company-orders-own = 📦 <b>您为企业下的订单</b>
company-orders-none = 📦 还没有订单。
button-company-order = #{ $number } · { $time } · { $who } · { $total } · { $status }
button-company-order-own = #{ $number } · { $time } · { $total } · { $status }
company-ordered-by = 下单人：{ $who }。

## 成员可以记账多少
budget = 每{ $period ->
    [day] 天
    [week] 周
   *[month] 月
} { $amount }
company-member-budget = 记账预算：{ $budget }。
button-company-budget = 🎯 预算
company-budget-ask = { $who } 在多长时间内最多可记账多少？请写金额和天、周或月，例如：<i>500 月</i>
company-budget-unreadable = 请写大于零的金额和天、周或月，例如 500 月。
button-company-budget-none = 不限
word-budget-day = 天
word-budget-week = 周
word-budget-month = 月
company-remove-with = { $ask }
    { $orders }
company-remove-open = ⚠️ 其 { $count } 个未完成的记账订单仍由企业承担。
