# 店铺自己的词句。这里的词句会取代产品中相同 id 的词句。

## 下单流程
delivery = 🚚 送货上门
delivery-items = 商品
delivery-address = 收货地址
delivery-address-ask = 送到哪里？
delivery-address-example = 南京路 12 号 3 号楼，走货梯
delivery-contact = 收货人
delivery-contact-ask = 由谁收货？
delivery-contact-example = 前台 王芳
delivery-phone = 电话
delivery-phone-ask = 司机打哪个电话能联系到您？
delivery-phone-example = 138 0013 8000
delivery-date = 送货日期
delivery-date-ask = 哪天送货？
delivery-date-example = 点一个日期，或输入 12月24日
delivery-window = 送货时段
delivery-window-ask = 什么时候有人收货？
delivery-window-example = 点“上午”
delivery-window-morning = 上午 9:00–12:00
delivery-window-afternoon = 下午 13:00–18:00
delivery-invoice_title = 发票抬头
delivery-invoice_title-ask = 发票抬头写什么？不需要发票请跳过。
delivery-invoice_title-example = 上海蓝湖贸易有限公司
delivery-tax_number = 税号
delivery-tax_number-ask = 请填写发票上的税号。
delivery-tax_number-example = 91310000MA1K30X12G
delivery-po_number = 采购单号
delivery-po_number-ask = 贵司有采购单号吗？会印在送货单和发票上。
delivery-po_number-example = PO-2026-0117
delivery-payment = 付款方式
delivery-payment-ask = 怎么付款？
delivery-payment-example = 点“对公转账”
delivery-note = 备注
delivery-note-ask = 有什么要告诉司机的吗？
delivery-note-example = 货梯在楼后面

pickup = 🏬 到仓自提
pickup-items = 商品
pickup-time = 提货时间
pickup-time-ask = 您想什么时候来提货？以下时段可提。
pickup-time-example = 点一个时段
pickup-contact = 提货人
pickup-contact-ask = 谁来提货？
pickup-contact-example = 王芳
pickup-phone = 电话
pickup-phone-ask = 请留一个联系电话。
pickup-phone-example = 138 0013 8000
pickup-invoice_title = 发票抬头
pickup-invoice_title-ask = 发票抬头写什么？不需要发票请跳过。
pickup-invoice_title-example = 上海蓝湖贸易有限公司
pickup-tax_number = 税号
pickup-tax_number-ask = 请填写发票上的税号。
pickup-tax_number-example = 91310000MA1K30X12G
pickup-po_number = 采购单号
pickup-po_number-ask = 贵司有采购单号吗？会印在发票上。
pickup-po_number-example = PO-2026-0117
pickup-payment = 付款方式
pickup-payment-ask = 怎么付款？
pickup-payment-example = 点“对公转账”

invoice-title-invalid = 发票抬头为 2 至 60 个字，请填写营业执照上的全称。
tax-number-invalid = 税号为 15 至 20 位数字或大写字母，中间没有空格。
po-number-invalid = 采购单号为 3 至 24 位字母、数字、- 或 /，中间没有空格。

fee-delivery = 送货费

payment-account = 记账
payment-transfer = 对公转账
payment-wechat = 微信支付
payment-alipay = 支付宝
payment-cash = 现金

reason-sold-out = 有商品刚刚售完
reason-no-delivery = 这个地址暂不配送
reason-details = 信息不全，请联系我们补充
reason-packed = 货已打包
reason-made-to-order = 属于定制商品
reason-nobody-there = 无人收货
reason-address-not-found = 找不到地址
reason-refused = 对方拒收
tax-goods = 商品增值税
tax-food = 食品增值税

## 由仓库配货
home-resume = 您上次的订单还没填完，都给您留着。
button-resume = ▶️ 继续下单
step-skipped-gone = 下单步骤有变化，从这里继续。
welcome-owner = 🔑 您现在是 <b>{ $shop }</b> 的店主。请把我拉进仓库的群，我会在群里问这个群做什么用；在那之前，待配货的订单直接发给您。
role-kitchen = 仓库
purpose-kitchen = 仓库
kitchen-title = 📦 <b>#{ $number }</b> · { $flow } · { $status }
kitchen-due = 备好时间 { $time }
queue-title = 📦 <b>进行中的订单</b>
action-prepare = 开始配货
action-ready = 已备好
action-handover = 已提货
button-prepare = 📦 开始配货
button-ready = ✅ 已备好
button-handover = 🤝 已提货
button-accept = ✅ { $minutes ->
    [60] 1 小时
    [120] 2 小时
    [240] 4 小时
   *[other] { $minutes } 分钟
  }
button-dispatch = 🚚 出发送货
action-dispatch = 出发送货
alert-kitchen-back = ✅ 又可以向仓库群发消息了。
owner-no-kitchen = ⚠️ 仓库的聊天无法送达。在恢复之前，订单会私信仓库人员；没有可用的仓库人员时私信您。请把我重新拉进群，或设置 <code>[chats] kitchen</code>。
owner-no-couriers = ⚠️ 司机的聊天无法送达。在恢复之前，待送的订单会私信司机；没有可用的司机时由仓库处理。请把我重新拉进群，或设置 <code>[chats] couriers</code>。
role-courier = 司机
purpose-couriers = 送货
button-order-more = ➕ 加购
order-cancel-requested = 您申请了取消，由仓库决定。
order-too-late = 仓库已开始配货：请改为申请取消。
order-ready-at = 预计 <b>{ $time }</b> 起可提货
order-made-at = 预计 <b>{ $time }</b> 备好
status-preparing = 配货中
status-ready = 可以提货
status-handed-over = 已提货
status-ready-to-go = 已打包，待发车
status-on-the-way = 送货中
push-accepted = 👍 订单 #{ $number }：预计 { $time } 起可提货。
push-accepted-made = 👍 订单 #{ $number }：预计 { $time } 备好。
push-preparing = 📦 订单 #{ $number } 正在配货。
push-ready = 🔔 订单 #{ $number } 可以提货了！
push-ready-to-go = 📦 订单 #{ $number } 已打包，等待发车。
push-on-the-way = 🚚 订单 #{ $number } 正在送货途中，请留意电话。
push-handed-over = 订单 #{ $number } 已提货，谢谢惠顾！
push-delivered = ✅ 订单 #{ $number } 已送达，谢谢惠顾！
push-waiting = ⏱ 仓库还没看到订单 #{ $number }，我已提醒他们。
shop-closed = 现在暂停接单。{ $opens }
shop-opens = 恢复接单时间：{ $time }。

## 是商品目录，不是菜单
button-menu = 🗂 商品目录
menu-title = 🗂 <b>商品目录</b>
    请选择分类，或直接输入想找的，例如：<i>复印纸</i>，也可以像说话一样直接下单。
menu-nothing = 🔎 没有与“{ $words }”相近的商品。请换个说法，或按分类查看。
item-left = 仅剩 { $left } 件。
item-too-much = 每单最多 { $max } 件。
item-choice-unknown = 有一个选项已下架，请重新选择。
item-gone = 这件商品已下架。
note-ask = ✎ 请为<b>{ $name }</b>写备注（最多 { $max } 字），例如：<i>请分两箱装</i>
other-sticker = 真好看！点下面的按钮即可下单。
other-thing = 这里用不上这个。请点按钮，或输入想找的商品。
help-title = ❔ <b>帮助</b>
    /menu 商品目录 · /cart 购物车 · /orders 我的订单 · /company 我的企业 · /language 语言 · /cancel 放弃下单
    也可以直接问：<i>/help 发票</i>
command-menu = 商品目录
command-cancel = 放弃下单
stock-cannot-count = 此项不计库存。请先在目录文件里为它设置 <code>stock</code>。
stock-choice-fixed = 目录文件里已标为售罄，请在文件里更改。

## Rules of approval
rule-over-limit = 超出账户剩余额度。
rule-over-budget = 超出下单人的剩余预算。
rule-overdue = 账户有款项逾期。
rule-long-overdue = 账户有款项逾期超过两周。
rule-too-long-overdue = 账户有款项逾期超过两个月：请先付清，或换一种付款方式。
rule-large = 超过 ¥20,000 的订单需要人工审批。

## Orders made ready
template-new-desk = 新同事用品
template-copy-room = 文印室补货
