# 员工如何加入，以及员工的查询。

invite-usage = 请输入 /invite 加上身份：
    { $roles }
    给经理或审批人可以加上限，即他们能审批的最大订单金额：<code>/invite approver 500</code>
invite-usage-role = <code>/invite { $command }</code> – { $role }
role-not-yours = 您不能给出“{ $role }”这个身份：它的权限比您的大。请找店主。
role-limit-own = 您自己的审批上限是 { $limit }，给别人的不能超过它。
role-limit-unreadable = 看不懂这个金额。请写数字，例如 500
role-without-limit = “{ $role }”不负责审批，没有上限。请去掉金额。
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

# 查询订单。
command-print = 打印订单
age-minutes = { $minutes } 分钟
age-hours = { $hours } 小时 { $minutes } 分钟
age-days = { $days } 天
look-number = <b>#{ $number }</b>
look-and = { $line } · { $part }
look-page = { $title } · 第 { $page } 页
look-promised = 预计 { $time }
look-wants-cancel = ❗ 申请取消
look-placed = { $time }
look-customer = { $name }
look-numbered = 🔎 编号为 <b>{ $number }</b> 的订单（从新到旧）
look-of-day = 🔎 <b>{ $day }</b> 的订单（从新到旧）
look-words = 🔎 最近 { $among } 单中含“{ $words }”的订单
look-none = 没有找到。
look-no-more = 没有更多了。
look-not-yours = 只有查询的人可以翻页。请自己查询：/orders
look-usage = 请输入编号、日期或姓名：<code>/orders 12</code>、<code>/orders 2026-11-25</code>、<code>/orders 小林</code>
orders-own-only = 这里只显示您自己的订单。
word-yesterday = 昨天
button-look = #{ $number }
button-look-placed = #{ $number } · { $time }
button-print = 🖨
print-usage = 请输入订单编号：<code>/print 12</code>
print-none = 没有 #{ $number } 号订单。
print-page = <pre>{ $text }</pre>
print-placed = 下单 { $time }
print-line = { $count } x { $name }
print-line-grams = { $count } 克 { $name }

# 订单来得太快、群里来不及逐条发送时的列表。
fold-title = ⚡ <b>还有 { $count } 个新订单</b>。点编号，在下面打开订单卡片。
fold-line = <b>#{ $number }</b> · { $flow } · { $total }
fold-line-late = ⏱ <b>#{ $number }</b> · { $flow } · { $total }
fold-more = … 另有 { $count } 个：/queue
fold-empty = ⚡ 此列表已没有待处理的订单。
