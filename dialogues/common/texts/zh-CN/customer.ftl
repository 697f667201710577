# 顾客看到的文字。参数已转义；<b> 与 <i> 为 Telegram 的 HTML。

## 开始
home = <b>{ $shop }</b>
    { $name }，您好！点几下即可下单：只问这一单需要的，每一步都会通知您。
home-cart = 🛒 购物车：{ $count } 行，{ $total }
home-resume = 您上次的点单还没完成，都给您留着。
button-resume = ▶️ 继续点单
button-menu = 📖 菜单
button-cart = 🛒 购物车
button-orders = 🧾 我的订单
button-saved = ⭐ 常用订单
button-profile = 👤 我的资料
button-language = 🌐 语言
button-help = ❔ 帮助
button-home = 🏠 首页
button-back = ‹ 返回
button-cancel = ✖ 取消
button-skip = 跳过 »
welcome-owner = 🔑 您现在是 <b>{ $shop }</b> 的店主。请把我拉进后厨的群，我会在群里问这个群做什么用；在那之前，后厨订单直接发给您。
welcome-staff = 👋 欢迎加入 <b>{ $shop }</b>，您的身份是<b>{ $role }</b>。需要处理的订单会发到这里或您的群里。
welcome-team = 👋 欢迎加入 <b>{ $shop }</b>，您的身份是<b>{ $role }</b>。输入 / 可以看到您能用的命令。
role-owner = 店主
role-manager = 经理
role-approver = 审批人
role-operator = 接单员
role-kitchen = 后厨
role-support = 客服
role-auditor = 审计员
role-limited = { $role }（上限 { $limit }）

## 菜单
menu-title = 📖 <b>菜单</b>
    请选择分类，或直接输入想找的，例如：<i>面</i>，也可以像说话一样直接点单。
menu-category = <b>{ $name }</b>
menu-page = 第 { $page } / { $pages } 页
menu-found = 🔎 “{ $words }”的结果：
menu-nothing = 🔎 菜单里没有与“{ $words }”相近的。请换个说法，或按分类查看。
menu-item = { $name } · { $price }
menu-item-from = { $name } · { $price }起
menu-item-grams = { $name } · { $price } / { $grams } 克
menu-item-out = { $name } · 已售完
button-page-next = 下一页 ›
button-page-previous = ‹ 上一页
button-categories = ‹ 分类

## 菜品
item-title = <b>{ $name }</b>
item-about = { $about }
item-price = { $price }
item-price-grams = { $price } / { $grams } 克
item-contains = ⚠️ 含：{ $allergens }
item-left = 仅剩 { $left } 份。
item-sold-out = 暂时售完。
item-group = <b>{ $name }</b> · { $rule }
item-rule-one = 选一项
item-rule-exact = 选 { $min } 项
item-rule-max = 最多 { $max } 项
item-rule-range = { $min } 至 { $max } 项
item-rule-free = ，其中 { $free } 项免费
item-choice = { $mark }{ $name }
item-choice-price = { $mark }{ $name } +{ $price }
item-choice-out = ✕ { $name }（售完）
item-choice-quantified = { $mark }{ $name }：{ $how }
quantifier-extra = 多放
quantifier-light = 少放
quantifier-without = 不要
item-amount = × { $count }
item-amount-grams = { $count } 克
item-missing = 👉 { $name }：还需选 { $need } 项
item-too-many = { $name }：最多 { $max } 项
item-choice-gone = { $name } 已售完，请另选。
item-choice-unknown = 有一个选项已不在菜单上，请重新选择。
item-too-much = 每单最多 { $max } 份。
button-add = ✅ 加入 · { $total }
button-save = ✅ 保存 · { $total }
item-added = { $name } 已加入购物车。
item-gone = 这道菜已不在菜单上。
choice-out = 已售完

item-price-pack = { $price }{ $size ->
    [1] { "" }
   *[other] { " " }/ 包（{ $size } 件）
  }
item-rule-with-free = { $rule }{ $free }
item-too-little = 起售量为 { $min }。

## 购物车
cart-title = 🛒 <b>购物车</b>
cart-empty = 🛒 购物车是空的。
cart-line = { $count } × { $name } · { $total }
cart-line-grams = { $count } 克 { $name } · { $total }
cart-line-detail = { "   " }{ $options }
cart-line-note = { "   " }✎ { $note }
cart-total = 合计：<b>{ $total }</b>
cart-full = 购物车最多 { $max } 行。
cart-item-gone = { $name } 已下架，已从购物车移除。
cart-options-gone = { $name }：选项有变化，请重新选择。
button-line = { $count } × { $name }
button-line-grams = { $count } 克 { $name }
button-checkout = ✅ 去结账 · { $total }
button-empty = 🗑 清空
button-more = ＋
button-fewer = －
button-remove = 🗑 删除
button-options = 选项
button-note = ✎ 备注
cart-empty-ask = 清空购物车？里面的 { $count } 行都会删除。
button-empty-yes = 是，清空
note-ask = ✎ 请为<b>{ $name }</b>写备注（最多 { $max } 字），例如：<i>不要葱</i>
note-too-long = 太长了：备注最多 { $max } 字。
note-saved = 已记下。
line-title = <b>{ $name }</b>

## 步骤
step-place = 第 { $at }/{ $of } 步 · <b>{ $title }</b>
step-share = 也可以用下面的按钮分享您的号码。
step-share-location = 也可以用下面的按钮或 📎 分享位置。
step-nothing-free = 目前没有可选的时间。请返回，或稍后再试。
button-share-location = 📍 分享我的位置
button-ticked = ☑ { $value }
button-unticked = ☐ { $value }
button-ticked-all = ✅ 选好了
button-share-contact = 📱 分享我的手机号
button-known = ✅ { $value }
step-unclear = 这里我没看懂您的意思。
step-skipped-gone = 点单步骤有变化，从这里继续。
cancel-ask = 放弃这一单？购物车会被清空。
button-cancel-yes = 是，取消
button-cancel-no = 否，继续
cancelled = 已取消，购物车已清空，没有下单。
value-text = { $value }
value-yes = 是
value-photo = 📷 图片
value-slot = { $day } { $span }
value-pin = <a href="https://www.openstreetmap.org/?mlat={ $lat }&amp;mlon={ $lon }#map=17/{ $lat }/{ $lon }">📍 { $lat }, { $lon }</a>
value-no = 否
list-mark = 、
value-skipped = —

## 核对
review-title = 第 { $at }/{ $of } 步 · <b>请核对您的订单</b>
review-answer = { $title }：<b>{ $value }</b>
review-hold = ⏳ 已为您保留至 { $time }。
hold-warning = ⏳ 您的订单还为您保留 { $minutes } 分钟。请下单，或点下面继续保留。
button-keep = ⏳ 继续保留
button-place = ✅ 下单 · { $total }
button-change = ✎ { $title }
shortage-title = ⚠️ <b>库存不足</b>
shortage-line = { $name }：您要 { $wanted }，{ $left ->
    [0] 已售完
   *[other] 还剩 { $left }
  }
button-take-left = { $name }：要 { $left }
button-replace = { $name } → { $with }
button-drop = 🗑 { $name }
order-placed = ✅ 订单 #{ $number } 已提交。这张卡片会一直更新。
shop-closed = 现在已打烊。{ $opens }
shop-opens = 下次营业时间：{ $time }。

shop-opens-never = 请稍后再来。
review-hold-ended = ⌛ 为您保留的商品已到期释放，现已重新核对，请再确认一次。
review-ended = ⌛ 保留时间已过，商品不再为您保留；购物车还在。
button-check-again = 🔄 重新核对
cart-line-fault = { $name }：{ $fault }
keys-away = 👌
ring-cancel-asked = ❗ #{ $number }：顾客申请取消。
ring-amended = ✏️ #{ $number } 的内容有修改，请重新查看订单。
ring-cancelled = ✖ #{ $number } 已取消。
ring-expired = ⌛ #{ $number } 已超时。

## 小票
receipt-subtotal = 小计：{ $total }
receipt-tax-included = 含{ $name } { $rate }：{ $total }
receipt-tax-added = { $name } { $rate }：{ $total }
receipt-total = 合计：<b>{ $total }</b>

## 订单卡片
order-title = 🧾 <b>订单 #{ $number }</b> · { $status }
order-progress = { $bar }
order-ready-at = 预计 <b>{ $time }</b> 可取
order-ask-cancel = 取消订单 #{ $number }？
order-cancel-requested = 您申请了取消，由后厨决定。
order-reason = 原因：{ $reason }
status-awaiting = 等待店家确认
status-confirmed = 已确认
status-promised = 已接单
status-preparing = 制作中
status-ready = 可以取餐
status-handed-over = 已取餐
status-rejected = 店家未接单
status-cancelled = 已取消
status-expired = 无人接单，已取消
button-order-cancel = 取消订单
button-order-cancel-yes = 是，取消
button-order-request = 申请取消
button-order-show = #{ $number } · { $status }
order-too-late = 后厨已开始制作：请改为申请取消。
order-moved = 订单已有变化：{ $status }。
order-not-yours = 这不是您的订单。

## 通知
push-confirmed = 👍 订单 #{ $number } 已确认。
push-accepted = 👨‍🍳 订单 #{ $number }：预计 { $time } 可取。
push-amended = ✏️ 店家修改了订单 #{ $number }，现合计 { $total }。如有疑问，发送 /help 查看联系方式。
push-preparing = 🍳 订单 #{ $number } 正在制作。
push-ready = 🔔 订单 #{ $number } 可以取餐了！
push-handed-over = 订单 #{ $number } 已取餐，请慢用！
push-rejected = 😔 订单 #{ $number } 未能接单：{ $reason }。不收取任何费用。
push-cancelled = 😔 订单 #{ $number } 被店家取消：{ $reason }。不收取任何费用。
push-cancel-granted = 订单 #{ $number } 已按您的申请取消。
push-waiting = ⏱ 后厨还没看到订单 #{ $number }，我已提醒他们。
push-expired = 😔 非常抱歉：店里无人能接订单 #{ $number }，已为您取消，不收取任何费用。

## 订单列表、语言、帮助
orders-title = 🧾 <b>我的订单</b>
orders-none = 您还没有订单。
language-title = 🌐 请选择语言
language-set = 现在起我用中文和您交流。
language-name = 简体中文
help-title = ❔ <b>帮助</b>
    /menu 菜单 · /cart 购物车 · /orders 我的订单 · /language 语言 · /cancel 放弃点单
    也可以直接问：<i>/help 营业时间</i>
help-found = <b>{ $question }</b>
    { $answer }
help-nothing = 没有找到与“{ $words }”有关的内容。

## 其他输入
stale-button = 那是旧消息上的按钮。现在进行到这里：
stale-notice = 那是旧消息。
press-unknown = 我不认识这个按钮。
not-understood = 这里我没看懂您的意思。
other-sticker = 真好看！点下面的按钮即可点单。
other-voice = 我听不了语音，请用文字写下来，怎么说都行。
other-thing = 这里用不上这个。请点按钮，或输入想找的菜名。
edited-message = 旧消息的修改我不会读，请重新发送。
too-fast = 您发得太快了，我先回答了前面的，请从这里继续。
apology = 我们这边出了点问题，这一步没有完成，已通知店主。请重试：/start
contact-thanks = 谢谢，现在这里不需要电话号码。
contact-foreign = 那是别人的名片。请分享您自己的号码，或直接输入。

## 聊天菜单里的命令
command-start = 开始
command-menu = 菜单
command-cart = 购物车
command-orders = 我的订单
command-language = 语言
command-help = 帮助
command-cancel = 放弃点单

## 过敏原
allergen-alcohol = 酒精
allergen-gluten = 麸质
allergen-sulphites = 亚硫酸盐
allergen-egg = 鸡蛋
allergen-milk = 牛奶
allergen-shellfish = 甲壳类
allergen-soy = 大豆
allergen-fish = 鱼类
allergen-sesame = 芝麻
allergen-peanut = 花生
allergen-nut = 坚果

## 明细
line-name-variant = { $name }（{ $variant }）
option-units = { $name } × { $units }
option-quantified = { $name }：{ $how }

## 系统原因
reason-nobody = 店里无人接单
push-cancel-refused = 订单 #{ $number } 已无法取消：{ $reason }

## Ordering again
button-again = ↻
button-order-again = ↻ 再来一单
again-order = ↻ <b>订单 #{ $number } 再来一单</b>
again-saved = ⭐ <b>{ $name }</b>
again-schedule = 🔁 <b>{ $name }</b>
again-list = 📋 <b>您的清单</b>
again-empty = 里面没有可以下单的东西。
again-nothing-left = 没有可以放进购物车的东西。
again-ask = 购物车里已有 { $count } 行，共 { $total }。怎么处理？
button-again-merge = ＋ 加到购物车
button-again-replace = ⇄ 替换购物车
button-again-keep = ‹ 保留原来的购物车
again-kept = ✓ { $count } 行与上次相同
again-page = 有 { $count } 行不同 · 第 { $page }/{ $pages } 页
again-line = { $at }. { $what }：{ $fate }
again-as-before = 与上次相同
again-price = { $before } → <b>{ $now }</b>
again-skipped = 不要了
again-sold-out = <b>已售完</b>
again-short = <b>只剩 { $left }</b>
again-short-none = <b>没有剩余了</b>
again-option-gone = <b>有选项已经没有了</b>
again-item-gone = <b>已下架</b>
again-refused = { $why }
again-too-dear = 订单金额太大，无法计算
again-offers = 换掉 { $what }：
again-no-offers = 目前没有与 { $what } 相近的东西。
again-lines = 点一行就不要它，再点一次又要。
again-changed = 情况有变，请再看一下。
again-company-gone = 上次是为公司订的，您现在不能为那家公司下单：这一单算您自己的。
button-again-left = { $at } · 要 { $what }
button-again-instead = { $at } · 换一个…
button-again-skip = { $at } · 不要了
button-again-tell = { $at } · 🔔 通知我
button-again-usual = { $at } · 常规选项
button-again-choose = { $at } · 重新选择
button-again-go = ✅ 继续 · { $count } 行
button-again-lines = ☰ 逐行选择
button-again-cannot = ✕ { $value }
button-again-leave = ✖ 不用了
