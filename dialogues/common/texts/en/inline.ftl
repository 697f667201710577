# A search from any chat: “@bot words”. What is posted is read by people who never met the bot.
inline-open = 🛒 Open { $shop }
inline-nothing = 🔎 Nothing found. Open { $shop }
inline-answer = ❔ { $question }
inline-price-from = from { $price }
inline-sign = <i>{ $shop }</i>
button-inline-order = 🛒 Order here
button-inline-shop = 💬 Ask the shop
