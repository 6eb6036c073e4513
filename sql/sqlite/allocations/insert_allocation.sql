-- A row is money an event moves to (or from) an article; article 0: unattributed. Micro-units.
INSERT INTO allocations (event, commission, article, link, commission_micro, sale_micro)
VALUES (:event, :commission, :article, :link, :commission_micro, :sale_micro);
