# 记账订单：客户看到的账户信息，以及员工的处理。

## 客户下单时看到的
credit-standing = 💳 记账：额度 { $limit }，{ $used }，{ $free }
credit-used = 已用 { $amount }
credit-free = 可用 { $amount }
credit-over = 超出额度 { $amount }
credit-waiting = ⏳ 已用额度中，{ $amount } 正在等待审批。
credit-due = 📅 若今天收货，请在 { $day } 前付款。
credit-overdue = ⚠️ 有款项已逾期 { $days } 天。
credit-budget-left = 剩余 { $amount }
credit-budget-over = 超出 { $amount }
credit-budget-day = 🎯 您今天的预算：{ $left }，共 { $budget }
credit-budget-week = 🎯 您本周的预算：{ $left }，共 { $budget }
credit-budget-month = 🎯 您本月的预算：{ $left }，共 { $budget }
credit-short = ⛔ 此订单还差 { $missing } 额度。请换一种付款方式，或减少商品。
credit-budget-short = ⛔ 此订单超出您的预算 { $missing }。请换一种付款方式，或减少商品。
credit-blocked = ⛔ 目前不能记账：账户已冻结。请换一种付款方式，或联系我们。
credit-currency = ⛔ 不能记账：账户币种为 { $currency }。请换一种付款方式，或联系我们。
credit-short-let = ⚠️ 此订单还差 { $missing } 额度：将由人工审批。您也可以换一种付款方式，或减少商品。
credit-budget-short-let = ⚠️ 此订单超出您的预算 { $missing }：将由人工审批。您也可以换一种付款方式，或减少商品。

## 员工看到的：账户列表和单个账户
command-credit = 客户账户
credit-privately = 账户只在私聊里显示：请私聊我发送 /credit。
credit-list = 💳 <b>账户</b>
    已用／额度。写企业、客户或订单号即可查找。
credit-list-none = 💳 还没有账户。写企业、客户或订单号即可开户。
credit-button = { $blocked ->
    [yes] { "⛔ " }
   *[no] { "" }
}{ $overdue ->
    [yes] { "⚠️ " }
   *[no] { "" }
}{ $name } · { $used } / { $limit }{ $changes ->
    [0] { "" }
   *[other] { " · 🕐" }{ $changes }
}
credit-button-none = 🆕 { $name } · 🕐{ $changes }
credit-nobody = 💳 没有找到与“{ $words }”相符的企业或客户。请换个写法。
credit-found = 💳 “{ $words }”指的是谁的账户？
button-credit-found = { $company ->
    [yes] 🏢
   *[no] 👤
} { $name }
button-credit-all = ‹ 全部账户
button-credit-open = ➕ 开户
button-company-account = 💳 账户
credit-none = 💳 <b>{ $name }</b> 还没有账户，不能记账。
credit-title = 💳 <b>{ $name }</b> · <code>{ $id }</code>{ $blocked ->
    [yes] { "" }
        ⛔ <b>已冻结</b>：不能记账。
   *[no] { "" }
}
credit-limit-line = 额度 { $limit } · <b>{ $free }</b>
credit-used-line = 已用 { $used } = { $owes } + 未完成订单 { $held }
credit-ahead-line = <b>账户有余额</b>：{ $owes } · 未完成订单 { $held }
credit-owed = 欠款 { $amount }
credit-ahead = 预付 { $amount }
credit-terms-line = 账期：{ $terms } · { $exceed ->
    [yes] 可以超额
   *[no] 不可超额
} · { $currency } · { $zone }
credit-terms = { $eom ->
    [yes] { $days ->
        [0] 月底
       *[other] 月底后 { $days } 天
    }
   *[no] { $days ->
        [0] 收货当天
       *[other] 收货后 { $days } 天
    }
}
credit-oldest = { $days ->
    [0] 📅 最早一笔欠款应于 { $day } 前付清。
   *[other] ⚠️ 最早一笔欠款应于 { $day } 前付清，已逾期 { $days } 天。
}
credit-debt = • { $number } 号订单：{ $amount }，{ $day } 前
credit-debt-other = • { $op ->
    [opened] 期初欠款
   *[other] 调整
}：{ $amount }，{ $day } 前
credit-change-line = 🕐 { $who }，{ $time }：{ $plan }
credit-flag = { $on ->
    [yes] 是
   *[no] 否
}
credit-what = { $what ->
    [open] 开户
    [limit] 额度
    [terms] 账期
    [zone] 时区
    [exceed] 允许超额
    [block] 冻结
    [repay] 还款
    [adjust] 调整
   *[refund] 退款
}
button-credit-repay = 💰 还款
button-credit-adjust = ± 调整
button-credit-refund = ↩️ 退款
button-credit-entries = 📒 明细
button-credit-limit = ✎ 额度
button-credit-terms = ✎ 账期
button-credit-zone = ✎ 时区
button-credit-exceed = { $exceed ->
    [yes] 🔒 不准超额
   *[no] 🔓 允许超额
}
button-credit-block = { $blocked ->
    [yes] ▶️ 解冻
   *[no] ⛔ 冻结
}
button-credit-change = 🕐 { $what }
button-credit-back = ‹ 返回账户
credit-entries = 📒 <b>{ $name }</b> 的明细，最新的在前
credit-entry-set = { $time } <b>设置变更</b> · { $owes } · 可用 { $free }
credit-entry = { $time } <b>{ $op ->
    [allocated] 开户
    [updated] 变更
    [purchased] 下单
    [reimbursed] 还款
    [refunded] 退款
    [reverted] 订单取消
    [amended] 订单修改
    [charged] 收货
    [opened] 期初欠款
   *[adjusted] 调整
}</b> { $amount } · { $owes } · 可用 { $free }

## 变更账户
credit-ask = { $what ->
    [open] 为 <b>{ $name }</b> 开户：请写额度和原因，例如：<i>5000 已与林女士约定</i>
    [limit] <b>{ $name }</b> 的新额度和原因，例如：<i>8000 付款及时</i>
    [terms] <b>{ $name }</b> 的账期，即收货后的天数，例如 <i>30</i>；<i>月底 15</i> 表示月底后 15 天。后面可写原因。
    [zone] <b>{ $name }</b> 的一天从哪个时区的零点算起（用于预算和到期日），例如 <i>Europe/Berlin</i>。后面可写原因。
    [repay] <b>{ $name }</b> 付了多少、付款流水号，也可加备注，例如：<i>1200.50 TX-2291 银行转账</i>
    [adjust] <b>{ $name }</b> 的欠款要增加还是减少多少、原因，例如：<i>+50 运费</i> 或 <i>-50 优惠</i>
   *[refund] <b>{ $name }</b> 的哪个订单、退多少、原因，例如：<i>#12 30 破损两箱</i>
}
word-credit-eom = 月底
credit-plan = { $what ->
    [open] ➕ 为 <b>{ $name }</b> 开户，额度 <b>{ $after }</b>。
    [limit] ✎ <b>{ $name }</b> 的额度：{ $before } → <b>{ $after }</b>
    [terms] ✎ <b>{ $name }</b> 的账期：{ $before } → <b>{ $after }</b>
    [zone] ✎ <b>{ $name }</b> 的时区：{ $before } → <b>{ $after }</b>
    [exceed] { $on ->
        [yes] 🔓 允许 <b>{ $name }</b> 超出额度。
       *[no] 🔒 不再允许 <b>{ $name }</b> 超出额度。
    }
    [block] { $on ->
        [yes] ⛔ 冻结 <b>{ $name }</b> 的账户：不能再记账；已下的订单照常进行。
       *[no] ▶️ 解冻 <b>{ $name }</b> 的账户。
    }
    [repay] 💰 <b>{ $name }</b> 还款 <b>{ $amount }</b>，流水号 { $reference } · { $before } → { $after }
    [adjust] { $more ->
        [yes] ± <b>{ $name }</b> 的欠款增加 <b>{ $amount }</b> · { $before } → { $after }
       *[no] ± <b>{ $name }</b> 的欠款减少 <b>{ $amount }</b> · { $before } → { $after }
    }
   *[refund] ↩️ { $number } 号订单向 <b>{ $name }</b> 退款 <b>{ $amount }</b> · { $before } → { $after }
}
credit-why = 💬 { $words }
credit-why-ask = 可以写上原因。
credit-warn-below = ⚠️ 低于已用额度：在还清或取消 { $amount } 之前不能再记账。
credit-warn-ahead = ℹ️ 超过了欠款：多出的 { $amount } 将作为预付款。
credit-warn-currency = ⚠️ 账户币种为 { $currency }：可以结清，但不能在这里记账。
credit-alone = 没有其他人有此权限，您一人确认即可；操作记录会注明是单人确认。
credit-others = 需要第二个人确认：将询问另外 { $count } 人。
button-credit-do = ✅ 确认
button-credit-propose = 📨 提交
button-credit-again = ✎ 重写
credit-done-what = ✅ 已完成：{ $what }
credit-proposed = 📨 已提交，正在询问另外 { $count } 人；有结果我会告诉您。
credit-proposed-nobody = 📨 已提交。目前无法给其他有权确认的人发消息：他们可在 /credit 里看到。
credit-card = { $plan }
    🕐 { $who } 提交，{ $time }
button-credit-confirm = ✅ 确认
button-credit-reject = ✖ 拒绝
button-credit-withdraw = ↩ 撤回
credit-second-person = 这是您自己提交的，须由另一个人决定。
credit-not-yours = 只有提交的人可以撤回。您可以拒绝。
credit-done = 已执行。
credit-cannot = 现在无法执行。{ $why }
credit-ended-done = ✅ 已执行：{ $who }
credit-ended-rejected = ✖ 已拒绝：{ $who }
credit-ended-withdrawn = ↩ 已撤回：{ $who }
credit-yours = { $ended }
    { $plan }

## 输入有误时
credit-fault-amount = “{ $words }”里没有金额。请写成 1200.50，小数点不要用逗号。
credit-fault-decimals = { $decimals ->
    [0] { $currency } 没有小数，请写整数。
   *[other] { $currency } 最多 { $decimals } 位小数，请照此填写。
}
credit-fault-zero = 金额为零，没有可记的。请写实际金额。
credit-fault-negative = 金额小于零。请去掉负号。
credit-fault-large = 金额太大，请再核对一下。
credit-fault-sign = 请在金额前写 + 或 -：+ 增加欠款，- 减少欠款。
credit-fault-why = 请在金额后面写上原因。
credit-fault-why-long = 文字太长：最多 { $max } 个字符。
credit-fault-reference = 请在金额后面写付款流水号（以银行单据为准），以免重复入账。
credit-fault-reference-odd = 流水号只能包含英文字母、数字和 - / . _，最多 40 个，且不含空格。
credit-fault-order = 请先写订单号，例如：#12 30 破损
credit-fault-zone = 没有这个时区。请写时区名称，例如 Europe/Berlin 或 Asia/Shanghai。
credit-fault-terms = 请写天数（最多 365），或月底加天数：30 或 月底 15。
credit-fault-opened = 账户已经开了。
credit-fault-missing = 没有可变更的账户。
credit-fault-same = 已经是这样了，没有变化。
credit-fault-paid = 流水号 { $reference } 已经入账，在 { $name } 的账户上。如果这是另一笔付款，请写它自己的流水号。
credit-fault-no-order = 此账户上没有 { $number } 号订单。
credit-fault-not-received = 客户还没有收到 { $number } 号订单：请修改或取消订单，占用的额度就会恢复。
credit-fault-called-off = { $number } 号订单已取消，没有欠款。
credit-fault-too-much = { $number } 号订单最多还可退 { $left }。
