# 顾客自己的资料，以及下单时如何使用。

command-profile = 我的资料
command-privacy = 我们保存了什么

## 总览
profile-title = 👤 <b>我的资料</b>
    这里的内容会在下单时自动填好。
profile-nothing = –
profile-name = 称呼：{ $value }
profile-phone = 电话：{ $value }
profile-proven = { $phone } ✓ 已由 Telegram 验证
profile-addresses = 地址：{ $value }
profile-home = { $place }{ $others ->
    [0] { "" }
   *[other] （另有 { $others } 个）
  }
profile-payment = 付款方式：{ $value }
profile-way = 下单方式：{ $value }
profile-as-last = { $value }（同上次）
profile-field = { $title }：{ $value }
profile-diet = 只要：{ $value }
profile-avoided = 不要：{ $value }
profile-language = 语言：{ $value }
profile-kept = 已保存。
profile-waits = 您正在替别人下单，自己的资料稍后再看。
button-profile-name = ✎ 称呼
button-profile-phone = 📱 电话
button-profile-addresses = 📍 地址
button-profile-payment = 💳 付款方式
button-profile-way = 🧭 下单方式
button-profile-marks = ⚠️ 饮食与过敏
button-profile-notify = 🔔 消息
button-profile-drop = 🗑 删除
button-profile-as-last = ↺ 同上次
button-privacy = 🔒 隐私

## 单项
profile-name-ask = ✎ 怎么称呼您？
profile-phone-ask = 📱 用哪个号码联系您？直接输入，或点下方按钮分享您的号码。
profile-payment-ask = 💳 您通常怎么付款？能用时会自动填好。
profile-way-ask = 🧭 您通常怎么下单？结算时会直接按它进行，在购物车里可以更改。
profile-marks = ⚠️ <b>饮食与过敏</b>
    勾选您想要的 ☑ 和不能吃的 🚫。商品页和确认页会提醒您，但不会替您做决定。
button-avoided = 🚫 { $value }
profile-too-short = 太短了：请至少写 { $min } 个字符。
profile-too-long = 太长了：请最多写 { $max } 个字符。原内容没有改动。

## 地址
address-labelled = { $label }：{ $place }
address-pin = { $lat }, { $lon }
button-address = 📍 { $address }
button-address-usual = ⭐ { $address }
button-address-new = ➕ 添加地址
profile-addresses-title = 📍 <b>我的地址</b>
    ⭐ 是常用地址。点一个地址即可修改。
profile-addresses-none = 📍 <b>我的地址</b>
    还没有地址。下单时用过的地址也会保存在这里。
profile-addresses-full = 最多保存 { $max } 个地址。请先删除一个不再需要的；订单仍可送到任何地址。
profile-address-ask = 📍 请输入地址，或点下方按钮、📎 分享位置。
profile-address-gone = 这个地址已经不在了。
profile-address-title = 📍 <b>{ $address }</b>
profile-address-usual = ⭐ 常用地址
profile-address-words-ask = ✎ 请输入地址（最多 { $max } 个字符）。
profile-address-label-ask = 🏷 给它起个名字（最多 { $max } 个字符），例如：<i>家</i>
profile-address-pin-ask = 🗺 请点下方按钮或 📎 分享位置。
profile-address-entrance-ask = 🚪 哪个入口（最多 { $max } 个字符）？例如：<i>B 座，从院内进</i>
profile-address-floor-ask = ↕️ 几楼（最多 { $max } 个字符）？例如：<i>3</i>
profile-address-code-ask = 🔑 楼下门禁怎么开（最多 { $max } 个字符）？只有送货的人和店里的人看得到。例如：<i>4711#</i>
profile-address-note-ask = 💬 有什么要告诉送货员（最多 { $max } 个字符）？例如：<i>门铃坏了，请打电话</i>
profile-address-remove-ask = 删除这个地址吗？进行中的订单仍会送到那里。
button-address-words = ✎ 地址
button-address-label = 🏷 名称
button-address-pin = 🗺 地图位置
button-address-entrance = 🚪 入口
button-address-floor = ↕️ 楼层
button-address-code = 🔑 门禁密码
button-address-note = 💬 给送货员的话
button-address-make-usual = ⭐ 设为常用
button-address-remove-yes = 是的，删除
door-entrance = { "   " }🚪 入口：{ $value }
door-floor = { "   " }↕️ 楼层：{ $value }
door-code = { "   " }🔑 门禁密码：{ $value }
door-note = { "   " }💬 { $value }
door-pin = { "   " }🗺 { $pin }

## 下单时
button-keep-usual = ⭐ 设为常用：{ $title }
item-diet = 🌱 { $diets }
mark-holds = 🚫 <b>含您忌口的：{ $what }</b>
mark-lacks = 🚫 <b>未标注为{ $what }</b>
cart-line-warning = { "   " }{ $warning }

## 隐私
privacy-line = 🔒 本次下单需要，并保存下来供下次自动填写。详见 /privacy
privacy-title = 🔒 <b>我们保存了什么</b>
privacy-text = 您的称呼、电话和地址只交给处理和配送订单的人，不会给其他人。它们会加密保存，直到您在 /profile 里删除；订单里的副本随订单保留。您用自己的说法选了哪件商品，只为您记住；多位顾客用同样的说法后，店家才会看到。
privacy-told = 已于 { $time } 告知您（第 { $version } 版）。
