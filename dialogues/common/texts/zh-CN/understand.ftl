# 用自己的话点单：已加入的、没听懂的、需要确认的。

said-done = 🛒 <b>好了</b>
said-added = ＋ { $what }
said-added-more = ＋ { $what }（共 { $all }）
said-removed = － { $what }
said-changed = ✎ { $what }
said-quote = “{ $words }”
said-unknown = ❔ 没听懂：{ $words }{ $more ->
    [0] { "" }
   *[other] 等，另有 { $more } 处
  }。请换个说法。
said-not-there = ⚠️ 购物车里没有{ $name }。

## 一次只问一个问题
said-which = 👉 “{ $words }”是哪一个？
said-unsure = 👉 “{ $words }”是指这个吗？
said-kind = 👉 “{ $words }”要哪一种？
said-near = 👉 我们没有“{ $words }”，相近的有：
said-variant = 👉 { $what }：要哪种规格？
said-choice = 👉 { $what } · { $group }：选哪个？
said-options = 👉 { $what }：请选一下规格。
said-sold-out = ✖ { $what }：已售罄，可以换成：
said-short = ⚠️ { $what }：{ $left ->
    [0] 没有更多了。
   *[other] 只剩 { $left } 了。
  }
said-most = ⚠️ { $what }：每单最多 { $max }。
said-amount = 👉 { $name }，“{ $words }”：要多少？最少 { $min }，每次加 { $step }。
said-how-many = 👉 { $name }，“{ $words }”：要几份？
said-drop = 👉 { $name }：去掉哪一个？
said-change = 👉 { $name }：改哪一个？
said-then = 接下来：{ $words }
button-said-choose = ☰ 全部选项
button-said-leave = ✖ 不要了
button-said-keep = ✖ 都留着
button-said-drop = { $what }（{ $options }）
button-said-drop-all = 全部去掉
button-said-undo = ↩ 撤销

## 其他
said-left-out = “{ $words }”不加了。
said-undone = ↩ 已撤销，购物车恢复原样。
said-not-undone = 购物车之后又有变动，没有撤销。
said-cancel-nothing = 购物车是空的。要取消已下的订单，请在这里打开它。
said-again-nothing = 您还没在这里下过单，没有可以重复的。
said-no-answer = “{ $words }”：我们这里没有，这个问题我也答不上来。大家常问的有：
