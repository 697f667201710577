# 员工代顾客下单、改单。

command-order = 代顾客下单
by-hand-ask = 📞 <b>代顾客下单</b>
    请写顾客的姓名和电话，或者以前的订单编号：
    <i>林 138 0000 0000</i> 或 <i>#12</i>
by-hand-found = 📞 “{ $words }”是哪一位？
by-hand-nobody = 📞 找不到“{ $words }”。
by-hand-for = 📞 <b>代 { $name } 下单</b>
by-hand-placed = ✅ 已代 { $name } 下单：<b>{ $number }</b> 号，{ $total }
by-hand-barred = 你已无权代他人下单，刚才的内容已关闭。
push-placed-by-hand = 📞 店里替你下了 { $number } 号订单。如果不是你要的，可在订单卡片上取消。
order-by-hand = 📞 由店里代为录入
kitchen-by-hand = 📞 代录入：{ $who }
kitchen-by-phone = ☎️ 顾客不用 Telegram：有变动请打电话。
button-by-hand-known = { $name } · { $number } 号
button-by-hand-new = ➕ 新顾客：{ $name }
button-by-hand-stop = ✖ 不再代下单
button-by-hand-next = 📞 下一单
button-work = 🧾 订单卡片
audit-placed-by-hand = { $subject }：代顾客下单

# 修改顾客的订单。
command-change = 修改顾客的订单
change-usage = 请写订单编号：<code>/change 12</code>
change-too-late = { $number } 号订单{ $status }，不能再修改。
change-overtaken = ⚠️ { $number } 号订单在此期间有变化，未作任何修改。请看订单卡片后重来。
change-short = ⚠️ 被别人抢先了：库存或账户额度不够修改 { $number } 号订单，未作任何修改。
change-nothing = 没有任何不同，{ $number } 号订单保持原样。
change-refused = 按店铺规则或账户额度，改成这样的订单不能接。
change-saved = 💾 正在修改 { $name } 的 <b>{ $number }</b> 号订单：{ $total }，会通知顾客。
change-proposed = 📨 已把 <b>{ $number }</b> 号订单的修改发给 { $name }：{ $total }，对方同意后生效。
by-hand-change = ✏️ <b>修改 { $name } 的 { $number } 号订单</b>
review-was = 原为：{ $total }
button-save-change = 💾 保存 · { $total }
button-propose = 📨 提议 · { $total }
button-change-order = ✏️ 修改
audit-changed-by-hand = { $subject }：保存修改，{ $before } → { $after }
audit-proposed = { $subject }：提议修改，{ $before } → { $after }

# 审批人提议的修改。
approval-write-first = 请先私下给我发 /start，再点一次，就可以在那里修改订单。
approval-change-here = 请到我们的私聊里继续。
approval-proposal = ✏️ { $who } 提议修改：{ $total }，正在问顾客。
approval-proposal-over = ✏️ 顾客要 { $number } 号订单保持原样，请就原订单决定。
order-proposed = ✏️ <b>店里提议改成：</b>
push-proposed = ✏️ 店里对 { $number } 号订单提出了修改，请在 { $time } 前到订单卡片上答复。
button-agree = ✅ 同意 · { $total }
button-decline = ↩️ 保持原样
proposal-agreed = 谢谢，正在修改订单。
proposal-declined = 订单保持原样，由店里决定。
proposal-short = 现在库存不够了，订单保持原样，由店里决定。
proposal-refused = 店里现在不能这样接单，订单保持原样。
proposal-over = 这个提议已经失效，下面是最新情况。
