# 按清单下单：打字、粘贴或发文件。

command-quick = 按清单或文件下单

## 清单里可用的词，用逗号分隔
quick-units-piece = 个,件,份,只,盒,箱,包,瓶,杯,支,本,卷,袋,桶,套,块
quick-units-gram = 克
quick-units-jin = 斤,市斤
quick-units-kilogram = 千克,公斤
quick-headings-code = 编码,编号,货号,商品编码,商品编号,款号,代码
quick-headings-name = 名称,品名,商品,商品名称,货品,物品,产品名称
quick-headings-quantity = 数量,件数,个数,订购数量

## 怎样写
quick-start = 📋 <b>按清单下单</b>
    每行写一种商品，用编码或名称，再写数量，例如：
    <code>A-100 3
    2 x 绿茶
    大米 1.5 公斤</code>
    也可以发文件（.csv、.txt 或 .xlsx），表头为 <code>编码,数量</code> 或 <code>名称,数量</code>。最多 { $max } 行。
quick-hint = 请把清单发成消息，或发送 .csv、.txt、.xlsx 文件。
button-quick-sample = 📄 样例文件
quick-sample = 📄 填好数量后发回来即可，名称一列可以不填。
quick-sample-name = order
quick-sample-sent = 给您发过去了。

## 每一行的结果
quick-title = 📋 <b>您的清单</b>：共 { $count } 行，{ $put } 行可以放入购物车
quick-more = ⚠️ 一份清单最多 { $max } 行：还有 { $count } 行没有读取，请另发一份。
quick-open = 👉 有 { $count } 行需要您看一下。
quick-line = { $at }. { $result }
quick-taken = ✅ { $what }
quick-left = ⚠️ { $what }：要 { $wanted }，只剩这么多
quick-most = ⚠️ { $what }：每单最多这么多，不能要 { $wanted }
quick-sold-out = ✖ { $what }：已售完
quick-full = ✖ { $what }：上面的行已达每单上限 { $max }
quick-added = ＋ “{ $text }”：已并入第 { $place } 行
quick-several = ❔ “{ $text }”：是哪一种？
quick-close = ❔ 没有“{ $text }”。您要的是不是……？
quick-unknown = ✖ 没有“{ $text }”
quick-options = 👉 { $name }：请选择规格
quick-wrong = ✖ { $name }，“{ $text }”：{ $why }
quick-skipped = ➖ “{ $text }”：不要了
quick-fault-unreadable = 数量不是数字
quick-fault-zero = 数量必须大于零
quick-fault-fraction = 数量必须是整数
quick-fault-by-piece = 按件卖，不按重量
quick-fault-by-weight = 按重量卖：请写克或公斤
quick-fault-step = 最少 { $min }，每次加 { $step }
quick-fault-too-much = 一行最多 { $max }
button-quick-pick = { $at } → { $name }
button-quick-options = { $at } · { $name }：选规格
button-quick-skip = { $at } · 不要
button-quick-put = 🛒 把 { $count } 行放入购物车
button-quick-list = 📋 我的清单
button-quick-drop = ✖ 丢掉清单
quick-dropped = 清单已丢掉，没有放入购物车。
quick-rest = 📋 清单里还有 { $count } 行等您处理：/quick
quick-nothing = 目前没有能放入购物车的。

## 文件
quick-reading = 📎 正在读取 { $name } ……
quick-file-utf8 = 📎 { $name }（按 UTF-8 读取）
quick-file-utf16 = 📎 { $name }（按 UTF-16 读取）
quick-file-gb = 📎 { $name }（按 GB 18030 读取）
quick-file-workbook = 📎 { $name }（第一张工作表）
quick-file-at-question = 📎 文件不能回答这一步。请先完成这一步，或发 /quick 按清单下单。
quick-file-too-big = 📎 { $name } 太大：清单最多 { $max } MB。请只保留要订的行再发一次。
quick-file-other-kind = 📎 { $name } 不是我能读的清单。我能读表格和文本：.csv、.txt、.xlsx。
quick-file-empty = 📎 { $name } 里什么都没有。
quick-file-headings = 📎 看不懂 { $name } 的表头。第一行要写列名：<code>编码</code> 或 <code>名称</code>，以及 <code>数量</code>；也可以写 <code>货号</code>、<code>品名</code>、<code>code</code>、<code>quantity</code>。可参考样例文件。
quick-file-broken = 📎 打不开 { $name }：文件已损坏、有密码，或是旧的 .xls。请另存为 .xlsx 或 .csv 再发。
quick-file-bomb = 📎 { $name } 解压后远超一份清单。请只留清单内容，重新保存再发。
quick-file-gone = 📎 Telegram 上已经没有 { $name }，请再发一次。
quick-file-unreachable = 📎 没能从 Telegram 取到 { $name }，请再发一次。

## 很长的订单
more-lines = ……还有 { $count } 行
more-lines-print = ……还有 { $count } 行：/print { $number }
more-short = ……还有 { $count } 种不足
button-all-lines = 📄 全部商品
