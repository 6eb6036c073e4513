-- A row is money an event moves to (or from) an article; article 0: unattributed. Micro-units; times in UTC ms.
INSERT INTO allocations (event, commission, article, link, commission_micro, sale_micro, booked_at_ms)
VALUES (:event, :commission, :article, :link, :commission_micro, :sale_micro, :booked_at_ms);
