# 员工查看和更改的库存。

command-stock = 库存
stock-title = 📦 <b>库存</b> · { $page }/{ $pages }
    点选商品，或直接输入名称查找。
stock-found = “{ $words }”的查找结果：
stock-nothing = 没有叫“{ $words }”的商品。
stock-row = { $name } · { $amount }
stock-row-off = 🚫 { $name }
stock-row-uncounted = { $name } · ∞
stock-pieces = { $count }
stock-grams = { $count } 克
stock-packs = { $count } 包
stock-packs-and = { $packs } 包 { $pieces } 个
stock-loose = { $count } 个
stock-change = { $sign }{ $amount }
stock-nudge = { $change }
stock-item = 📦 <b>{ $name }</b>
stock-level = 在库 { $on-hand } · 已预留 { $held } · 可售 <b>{ $available }</b>
stock-uncounted = 不计库存，不会自动售罄。
stock-off = 🚫 已售罄，直到有人恢复供应。
stock-off-until = 🚫 售罄至 { $time }。
stock-last = 上次：{ $change }（{ $why }）– { $who }，{ $time }
stock-how = 请输入实际数量（<code>40</code>）或增减数量（<code>+12</code>、<code>-3</code>），也可以点下面的按钮。
stock-pending = <b>{ $change }</b> → 在库 { $amount }。原因？
stock-booked = ✅ 现在在库：{ $amount }
stock-returned = ✅ 已恢复供应。
stock-below-held = 无法更改：有 { $held } 已预留给顾客。请先取消订单，或输入更大的数量。
stock-below-held-none = 库存不能少于零。
stock-overtaken = 刚才有商品售出，现在在库 { $amount }。请再核对并确认。
stock-same = 在库数量就是这么多，无需更改。
stock-no-number = 无法识别这个数量。请输入 <code>40</code>、<code>+12</code> 或 <code>-3</code>；未作任何更改。
stock-too-much = 数量太大：最多 { $most }。
stock-cannot-count = 此商品不计库存。请先在菜单文件里为它设置 <code>stock</code>。
stock-not-yours = 库存数量由店主和经理更改；您可以将商品设为售罄。
stock-until-ask = <b>{ $name }</b>：售罄到什么时候？
    例如：<i>18:30</i>、<i>明天 10:00</i>、<i>12月24日 11:00</i>
stock-no-time = 无法识别这个时间。
stock-time-past = 这个时间已经过了。
stock-time-far = 最多可以设到一年以内。
stock-choices = <b>{ $name }</b>：点一下设为今日售罄，再点一下恢复供应。
stock-choice-on = ✅ { $name }
stock-choice-off = 🚫 { $name }
stock-choice-fixed = 菜单文件里已标为售罄，请在文件里更改。
stock-privately = 📦 请在与我的私聊里输入 /stock。
button-stock-list = ‹ 库存
button-stock-discard = ✖ 不更改
button-stock-today = 🚫 今日售罄
button-stock-until = ⏰ 售罄至…
button-stock-off = 🚫 直到恢复供应
button-stock-return = ✅ 恢复供应
button-stock-choices = 选项…
stock-reason-delivery = 到货
stock-reason-waste = 损耗
stock-reason-count = 盘点
stock-reason-other = 其他

# 数量后面可以写的单位，用空格分开。
word-grams = 克 g
word-kilograms = 公斤 千克 kg
word-pieces = 个 件 份
word-packs = 包 箱 盒
