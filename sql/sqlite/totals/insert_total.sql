-- A row is what an import counts of a tag, link type, product or day, in file order from 1. Money in micro-units.
INSERT INTO report_totals (import, position, report, tag, kind, product, day, clicks, ordered, shipped, sale_micro, ad_fees_micro, currency)
VALUES (:import, :position, :report, :tag, :kind, :product, :day, :clicks, :ordered, :shipped, :sale_micro, :ad_fees_micro, :currency);
