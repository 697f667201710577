# 由人审批的订单：审批人、顾客和店主看到的文字。

## 审批卡片
approval-open = ⚖️ <b>待审批</b>
approval-approved = ✅ <b>已通过</b>
approval-rejected = ✖ <b>未通过</b>
approval-expired = ⌛ <b>没有人在期限内审批。</b>
approval-withdrawn = ↩️ <b>顾客已撤回订单。</b>
approval-called-off = ✖ <b>店家已取消订单。</b>
approval-why = ▸ { $rule }
approval-why-seen = ▸ { $rule }（{ $seen }）
approval-why-warns = ▸ 💡 { $rule }（{ $seen }）
approval-why-failed = ▸ ⚠️ 无法计算：{ $rule }（{ $seen }）
approval-seen = { $name } { $value }
approval-need-any = 请审批：{ $roles }
approval-need-all = 请审批：在岗的每一位{ $roles }
approval-need-of = 请审批：{ $roles }中的 { $count } 位
approval-tier = 第 { $at } 级，共 { $of } 级
approval-yes = ✅ { $who }，{ $time }
approval-yes-for = ✅ { $who }（代 { $of }），{ $time }
approval-no = ✖ { $who }，{ $time }
approval-no-for = ✖ { $who }（代 { $of }），{ $time }
approval-said = 💬 { $who }：<i>{ $words }</i>
approval-unanswered = ⏳ 顾客尚未回答。
approval-by = 请在 <b>{ $time }</b> 前决定；在此之前商品为顾客保留。
approval-reject-ask = 原因？顾客会看到。如需自己写，请直接回复此卡片。
approval-typed = ✎ <i>{ $words }</i>
    这句话是？
button-approve = ✅ 通过
button-approval-ask = ❓ 询问
button-typed-reject = ✖ 以此为由拒绝
button-typed-ask = ❓ 这样问顾客
button-typed-leave = 都不是

## 点击后的回应
approval-noted = 已记录，还需其他人审批。
approval-ask-how = 请回复此卡片写下您的问题，然后选择“这样问顾客”。
approval-type-first = 请先回复此卡片写下您的话，再点按钮。
approval-question-sent = 已询问顾客，回答会显示在此卡片上。
approval-said-enough = 这里放不下更多问题了。请作出决定，或给顾客打电话。
approval-changed = 订单已有变化，请再看一遍。
approval-proposed = 正在询问顾客是否同意修改订单，请等顾客答复后再审批。
approval-twice = 您已经通过了，还需其他人审批。
approval-own = 这是您自己的订单，由别人审批。
approval-limit = 您最多可审批 { $limit }，已请其他人审批。
approval-not-asked = 此订单由其他人审批。
approval-over-yes = { $who } 已经通过了。
approval-over-no = { $who } 已经拒绝了。
approval-remind = ⏱ 订单 #{ $number } 已等待您审批 { $minutes } 分钟，{ $time } 截止。
approval-answered = 💬 #{ $number } 顾客：<i>{ $words }</i>

## 列表
approvals-title = ⚖️ <b>等待您审批</b>
approvals-none = ⚖️ 没有等待您审批的订单。
approvals-line = #{ $number } · { $total } · { $who } · { $age }
approvals-privately = 请私下给我发 /approvals：每个人的待办不同。
approvals-all-ask = { $count ->
    [one] 通过这个订单？
   *[other] 通过这 { $count } 个订单？
  }
approvals-all-line = #{ $number } · { $total }
approvals-all-done = ✅ 正在通过 { $count } 个订单；不能通过的会告诉您。
button-approve-all = ✅ 全部通过（{ $count }）
button-approve-all-yes = ✅ 是，通过
command-approvals = 等待我审批的订单
command-away = 我不在岗

## 不在岗
away-title = 🌴 <b>不在岗</b>
away-not = 您在岗：需要您审批的订单会发给您。您将离开几天（含今天）？也可以写日期，例如：<i>/away 2026-12-24</i>
away-until = 您在 { $time } 前不在岗，没有人代您审批。
away-until-with = 您在 { $time } 前不在岗，由 { $who } 代您审批。
away-who = 不在岗至 { $time }。由谁代您审批？
away-circle = { $who } 也不在岗，而且最终又委托给您：那样就没有人审批了。请选择别人。
away-set = 已记录。
away-ended = 欢迎回来。
button-away-days = { $days } 天
button-away-back = 👋 我回来了
button-away-nobody = 没有人
refusal-day-past = 这一天已经过去，或在一年以后。

## 顾客看到的
review-warning = 💡 { $rule }
review-decides = ⚖️ 此订单需要人工审批后才会处理：
review-refused = ✋ 我们无法接受这样的订单：
order-decides = ⚖️ 此订单正在人工审批：
order-decides-why = ▸ { $rule }
order-decides-by = 最迟 { $time } 通知您；在此之前所有商品为您保留。
button-order-edit = ✎ 修改
push-approved = 👍 订单 #{ $number } 已通过审批。
push-undecided = 😔 很抱歉：店里没有人及时审批订单 #{ $number }。订单已取消，不收取任何费用。
approval-question = ❓ 关于订单 #{ $number } 的问题：
    <i>{ $words }</i>
    请在这里写下您的回答。
approval-answer-sent = 谢谢，您关于订单 #{ $number } 的回答已转达。
approval-answer-late = 这个问题已经结束：订单已有结果。
reason-undecided = 没有人及时审批
reason-changed = 撤回修改
reason-own-words = 店家自己的说明

## 店主看到的
owner-no-approver = ⚠️ 订单 #{ $number } 需要的审批人都无法审批：不在岗、联系不上或超出其额度。请您审批。
owner-undecided = ⚠️ 订单 #{ $number } 已等待审批 { $minutes } 分钟。现在也请您审批。
owner-undecided-end = 🚨 没有人及时审批订单 #{ $number }。订单已取消，并已通知顾客。
owner-silence-approved = ⚠️ 没有人及时审批订单 #{ $number }。按您的规则已自动通过。
alert-rule = ⚠️ <code>approval.toml</code> 中的规则“{ $rule }”对某个订单无法计算，此类订单由人审批。请修改后发送 /reload。

## 规则读取的内容
role-company-approver = 企业审批人
role-company-admin = 企业管理员
fact-order-flow = 方式
fact-order-fulfilment = 交付
fact-order-table = 桌台
fact-order-subtotal-minor = 商品
fact-order-fees-minor = 费用
fact-order-total-minor = 合计
fact-order-lines = 行数
fact-order-units = 件数
fact-order-distinct-items = 不同商品
fact-order-stock-left = 之后剩余
fact-order-minutes-ahead = 提前分钟数
fact-order-items = 商品
fact-order-categories = 分类
fact-customer-completed-orders = 以往订单
fact-customer-cancelled-orders = 以往取消
fact-customer-groups = 分组
fact-customer-language = 语言
fact-time-hour = 小时
fact-time-minute = 分钟
fact-time-weekday = 星期
fact-time-open = 营业

## /rules
command-rules = 规则如何看待一个订单
rules-usage = 请写订单号：<code>/rules 12</code>
rules-no-flow = 店铺已没有此订单的下单方式。
rules-title = ⚖️ <b>规则现在如何看待订单 #{ $number }</b>
rules-fires = ✅ 触发 { $why }
rules-not = – 未触发 { $why }
rules-other = – 不适用 { $why }
rules-failed = ⚠️ 无法计算 { $why }
rules-approve = 👉 立即通过。
rules-reject = 👉 不接受。
rules-need = 👉 由人审批：
rule-company = 企业要求大额订单经审批。
fact-customer-company = 企业
fact-customer-company-role = 企业角色
value-unlimited = 不限
fact-credit-on-account = 记账
fact-credit-limit = 信用额度
fact-credit-used = 下单前已用
fact-credit-available-after = 下单后剩余额度
fact-credit-overdue-days = 逾期天数
fact-budget-left = 下单前剩余预算
fact-budget-left-after = 下单后剩余预算

## /group
command-group = 将顾客加入分组
group-usage = 请写订单号和分组；再写一次即移出：<code>/group 12 分组</code>
    { $groups }
group-usage-group = <code>{ $group }</code> { $name }
group-no-groups = 店铺没有顾客分组：请在 <code>shop.toml</code> 中添加 <code>groups</code>。
group-in = { $who } 已加入“{ $group }”。
group-out = { $who } 已移出“{ $group }”。
