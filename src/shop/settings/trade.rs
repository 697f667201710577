//! Readers of what the shop is: languages, currency, zone, tax.

use std::collections::BTreeMap;

use crate::dialogue::condition::nearest;
use crate::domain::cart::{Mode, Rounding, Scope, TaxRate, TaxRules};
use crate::kernel::{Currency, Locale, Localised, TaxClass};
use crate::shop::ftl::TextUse;
use crate::shop::settings::is_id;
use crate::shop::table::{Table, clipped};
use crate::shop::zone::Zone;

/// Most characters of the shop's name: it begins every greeting.
const MAX_NAME_CHARS: usize = 60;

pub(super) fn name(top: &Table<'_>, tags: &[String]) -> Localised {
    let name = top.need_localised("name", tags).unwrap_or_default();
    clipped(top, "name", &name, MAX_NAME_CHARS);
    name
}

pub(super) fn locales(top: &Table<'_>) -> Vec<Locale> {
    let found = top.texts("locales");
    let mut locales: Vec<Locale> = Vec::new();
    for tag in found {
        if tag
            .value
            .parse::<unic_langid::LanguageIdentifier>()
            .is_err()
        {
            top.fault(
                tag.at,
                format!("`{}` is no language tag", tag.value),
                "write it as in `en` or `zh-CN`",
            );
        } else if locales.iter().any(|l| l.as_str() == tag.value) {
            top.fault(
                tag.at,
                format!("`{}` is listed twice", tag.value),
                "remove one",
            );
        } else {
            locales.push(tag.value.into());
        }
    }
    if locales.is_empty() {
        top.fault(
            top.key_at("locales"),
            "the shop speaks no language",
            "add `locales = [\"en\"]`",
        );
        locales.push("en".into());
    }
    locales
}

pub(super) fn currency(top: &Table<'_>) -> Currency {
    /// The currencies of ISO 4217 that are in use; a slip such as `CYN` must not pass.
    const KNOWN: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP \
        BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD \
        GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP \
        LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN \
        PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS \
        TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";
    let text = top.need_text("currency");
    let parsed = text.and_then(|text| {
        let known = KNOWN.split_whitespace().any(|code| code == text.value);
        let parsed = Currency::parse(text.value).filter(|_| known);
        if parsed.is_none() {
            let cure = nearest(text.value, KNOWN.split_whitespace())
                .unwrap_or_else(|| "write the three letters of ISO 4217, such as `CNY`".to_owned());
            top.fault(
                text.at,
                format!("there is no currency `{}`", text.value),
                cure,
            );
        }
        parsed
    });
    parsed.unwrap_or_else(Currency::none)
}

pub(super) fn zone(top: &Table<'_>) -> Zone {
    let text = top.need_text("zone");
    let zone = text.and_then(|text| {
        let zone = Zone::parse(text.value);
        if zone.is_none() {
            let cure = nearest(text.value, Zone::names())
                .unwrap_or_else(|| "write an IANA name such as `Asia/Shanghai`".to_owned());
            top.fault(
                text.at,
                format!("there is no time zone `{}`", text.value),
                cure,
            );
        }
        zone
    });
    zone.unwrap_or_else(Zone::utc)
}

pub(super) fn taxes(top: &Table<'_>, texts: &mut Vec<TextUse>) -> TaxRules {
    let mut rates = BTreeMap::new();
    top.tables("tax", |tax| {
        let class = tax.need_text("class");
        let rate = tax.need_text("percent").and_then(|percent| {
            let rate = TaxRate::parse(percent.value);
            if rate.is_none() {
                tax.fault(
                    percent.at,
                    format!("`{}` is no percentage", percent.value),
                    "write 0 to 100 with at most four decimals, as in \"8.875\"",
                );
            }
            rate
        });
        let Some(class) = class else { return };
        if !is_id(class.value) {
            tax.fault(
                class.at,
                format!("`{}` is no id of a tax class", class.value),
                "use a-z, 0-9 and -, at most 24; its words are the text `tax-CLASS`",
            );
        }
        texts.push(TextUse::new(format!("tax-{}", class.value), tax, class.at));
        let known = rates.insert(TaxClass::from(class.value), rate.unwrap_or(TaxRate(0)));
        if known.is_some() {
            tax.fault(
                class.at,
                format!("the tax class `{}` is there twice", class.value),
                "remove one",
            );
        }
    });
    TaxRules {
        inclusive: top.flag("tax_included").unwrap_or(true),
        rates,
    }
}

pub(super) fn rounding(top: &Table<'_>) -> Rounding {
    let found = top.table("rounding", |rounding| Rounding {
        scope: rounding
            .word("scope", &[("line", Scope::Line), ("total", Scope::Total)])
            .unwrap_or(Scope::Total),
        mode: rounding
            .word(
                "mode",
                &[("half-up", Mode::HalfUp), ("half-even", Mode::HalfEven)],
            )
            .unwrap_or(Mode::HalfUp),
    });
    found.unwrap_or(Rounding {
        scope: Scope::Total,
        mode: Mode::HalfUp,
    })
}

/// The ways to pay, in the order offered; their words are the texts `payment-ID`.
pub(super) fn payments(top: &Table<'_>, texts: &mut Vec<TextUse>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for id in top.texts("payments") {
        if !is_id(id.value) {
            top.fault(
                id.at,
                format!("`{}` is no id", id.value),
                "use a-z, 0-9 and -, at most 24",
            );
        }
        if found.iter().any(|known| known == id.value) {
            top.fault(
                id.at,
                format!("the way to pay `{}` is listed twice", id.value),
                "remove one",
            );
        }
        texts.push(TextUse {
            label: true,
            ..TextUse::new(format!("payment-{}", id.value), top, id.at)
        });
        found.push(id.value.to_owned());
    }
    found
}
