"""The tables of the records, drawn from the models (``python -m tests.outlines``); a test proves it.

Of each its kind, the path to its entries in a record, and its columns: the path to each value, and what sort it is.
"""

# fmt: off
DRAWN = {
    "customers": (
        "customer",
        "",
        (
            "id name pinyin phones[] address.text address.region address.distance_km% address.floor household "
            "language contact.by contact.calls contact.on@ birthday.solar birthday.lunar needs[] preferences[] "
            "consent.greetings? consent.messages? consent.quiet consent.on@ do_not_contact do_not_contact_on@ "
            "referred_by> since@ left.on@ left.reason left.heir> forgotten.on@ forgotten.reason note tags[] "
            "attachments[] source_key formerly[]"
        ),
    ),
    "customer_phones": (
        "customer",
        "phones[]",
        ".",
    ),
    "customer_needs": (
        "customer",
        "needs[]",
        ".",
    ),
    "customer_preferences": (
        "customer",
        "preferences[]",
        ".",
    ),
    "customer_contacts": (
        "customer",
        "contacts[]",
        "name phone relation",
    ),
    "customer_memberships": (
        "customer",
        "memberships[]",
        "of level card since@ until@",
    ),
    "customer_forgotten_greetings": (
        "customer",
        "forgotten.greetings[]",
        "step made_on@ state by>",
    ),
    "customer_tags": (
        "customer",
        "tags[]",
        ".",
    ),
    "customer_attachments": (
        "customer",
        "attachments[]",
        ".",
    ),
    "customer_formerly": (
        "customer",
        "formerly[]",
        ".",
    ),
    "products": (
        "product",
        "",
        (
            "id name category model maker sku weight_kg% bulky? as_set? nature[] maker_months# life_months# "
            "features[] manual brochure hotline hotline_hours page video accessories[] made_until note tags[] "
            "attachments[] source_key formerly[]"
        ),
    ),
    "product_nature": (
        "product",
        "nature[]",
        ".",
    ),
    "product_maker_parts": (
        "product",
        "maker_parts[]",
        "part months#",
    ),
    "product_features": (
        "product",
        "features[]",
        ".",
    ),
    "product_accessories": (
        "product",
        "accessories[]",
        ".",
    ),
    "product_told_maker": (
        "product",
        "told_maker[]",
        "on@ what by> answer answered_on@",
    ),
    "product_tags": (
        "product",
        "tags[]",
        ".",
    ),
    "product_attachments": (
        "product",
        "attachments[]",
        ".",
    ),
    "product_formerly": (
        "product",
        "formerly[]",
        ".",
    ),
    "sales": (
        "sale",
        "",
        (
            "id customer> sold_on@ channel invoice order person> deliver_to.name deliver_to.phone "
            "deliver_to.address deliver_to.distance_km% told.deliver.from@ told.deliver.by@ told.install.from@ "
            "told.install.by@ agreed cancelled.on@ cancelled.reason note tags[] attachments[] source_key "
            "formerly[]"
        ),
    ),
    "sale_items": (
        "sale",
        "items[]",
        (
            "product> serial batch qty# price$ agreed taken? packing.wanted packing.done_at@ packing.by> "
            "told.deliver.from@ told.deliver.by@ told.install.from@ told.install.by@ retired.on@ retired.reason"
        ),
    ),
    "sale_beyond": (
        "sale",
        "beyond[]",
        "what worth$ unit> at@ by>",
    ),
    "sale_given": (
        "sale",
        "given[]",
        "offer> row# item# qty# at@ by> cost$",
    ),
    "sale_paid_back": (
        "sale",
        "paid_back[]",
        "offer> amount$ at@ by>",
    ),
    "sale_tags": (
        "sale",
        "tags[]",
        ".",
    ),
    "sale_attachments": (
        "sale",
        "attachments[]",
        ".",
    ),
    "sale_formerly": (
        "sale",
        "formerly[]",
        ".",
    ),
    "deliveries": (
        "delivery",
        "",
        (
            "id sale> arranged_on@ deliver.from@ deliver.by@ person> vehicle to.name to.phone to.address "
            "to.distance_km% charged$ confirmed.by confirmed.at@ packed? difficulty dispatched_at@ arrived_at@ "
            "opened? damage checklist[] signed.by signed.at@ made_good.at@ made_good.how made_good.amount$ "
            "cancelled.on@ cancelled.reason note tags[] attachments[] source_key formerly[]"
        ),
    ),
    "delivery_items": (
        "delivery",
        "items[]",
        "item# qty#",
    ),
    "delivery_moved": (
        "delivery",
        "moved[]",
        "to@ from@ asked_by agreed? reason on@",
    ),
    "delivery_attempts": (
        "delivery",
        "attempts[]",
        "at@ outcome by> note",
    ),
    "delivery_checklist": (
        "delivery",
        "checklist[]",
        ".",
    ),
    "delivery_beyond": (
        "delivery",
        "beyond[]",
        "what worth$ unit> at@ by>",
    ),
    "delivery_tags": (
        "delivery",
        "tags[]",
        ".",
    ),
    "delivery_attachments": (
        "delivery",
        "attachments[]",
        ".",
    ),
    "delivery_formerly": (
        "delivery",
        "formerly[]",
        ".",
    ),
    "installations": (
        "installation",
        "",
        (
            "id sale> arranged_on@ install.from@ install.by@ technician> started_at@ checklist[] tested "
            "explained? questions hotline_left? charged$ materials agreed_beforehand? asked_for signed.by "
            "signed.at@ cancelled.on@ cancelled.reason note tags[] attachments[] source_key formerly[]"
        ),
    ),
    "installation_items": (
        "installation",
        "items[]",
        "item# qty#",
    ),
    "installation_moved": (
        "installation",
        "moved[]",
        "to@ from@ asked_by agreed? reason on@",
    ),
    "installation_checklist": (
        "installation",
        "checklist[]",
        ".",
    ),
    "installation_beyond": (
        "installation",
        "beyond[]",
        "what worth$ unit> at@ by>",
    ),
    "installation_tags": (
        "installation",
        "tags[]",
        ".",
    ),
    "installation_attachments": (
        "installation",
        "attachments[]",
        ".",
    ),
    "installation_formerly": (
        "installation",
        "formerly[]",
        ".",
    ),
    "claims": (
        "claim",
        "",
        (
            "id unit> reported_on@ fault.found_on@ fault.symptom fault.kind fault.component fault.severity "
            "fault.same_as> asked exclusions[] returned.on@ returned.qty# returned.condition returned.complete? "
            "returned.by> replaced.on@ replaced.serial replaced.batch replaced.model replaced.used? "
            "replaced.requested_on@ replaced.installation_charged$ replaced.paid_difference$ "
            "replaced.refunded_difference$ replaced.by> refunded.on@ refunded.amount$ refunded.by> made_safe.at@ "
            "made_safe.by> made_safe.how told_maker.at@ told_maker.by> told_maker.how closed.on@ closed.reason "
            "note tags[] attachments[] source_key formerly[]"
        ),
    ),
    "claim_exclusions": (
        "claim",
        "exclusions[]",
        ".",
    ),
    "claim_repairs": (
        "claim",
        "repairs[]",
        "in@ by> problem diagnosed@ repaired@ tested@ out@ done cause result cost$ labour$",
    ),
    "claim_repairs_waiting": (
        "claim",
        "repairs[].waiting[]",
        "from@ to@ for> because",
    ),
    "claim_decisions": (
        "claim",
        "decisions[]",
        "on@ asked remedy refused? goodwill? by> reason verdict.trace",
    ),
    "claim_decisions_verdict_packs": (
        "claim",
        "decisions[].verdict.packs{}",
        ".",
    ),
    "claim_decisions_verdict_facts": (
        "claim",
        "decisions[].verdict.facts{}",
        ".",
    ),
    "claim_decisions_verdict_remedies": (
        "claim",
        "decisions[].verdict.remedies{}",
        "state until@ fee$ line",
    ),
    "claim_loans": (
        "claim",
        "loans[]",
        "thing at@ back@",
    ),
    "claim_beyond": (
        "claim",
        "beyond[]",
        "what worth$ unit> at@ by>",
    ),
    "claim_facts": (
        "claim",
        "facts{}",
        ".",
    ),
    "claim_tags": (
        "claim",
        "tags[]",
        ".",
    ),
    "claim_attachments": (
        "claim",
        "attachments[]",
        ".",
    ),
    "claim_formerly": (
        "claim",
        "formerly[]",
        ".",
    ),
    "visits": (
        "visit",
        "",
        (
            "id customer> about[]> channel purpose keeps[]> at@ by> incoming? outcome question advice solved "
            "satisfaction# heard[] undone[] understood trained[] thanks.what thanks.worth$ thanks.taken_back.on@ "
            "thanks.taken_back.reason minutes# checklist[] note tags[] attachments[] source_key formerly[]"
        ),
    ),
    "visit_about": (
        "visit",
        "about[]",
        ".>",
    ),
    "visit_keeps": (
        "visit",
        "keeps[]",
        ".>",
    ),
    "visit_answers": (
        "visit",
        "answers{}",
        ".",
    ),
    "visit_heard": (
        "visit",
        "heard[]",
        ".",
    ),
    "visit_saw": (
        "visit",
        "saw[]",
        "what component kind unit>",
    ),
    "visit_undone": (
        "visit",
        "undone[]",
        ".",
    ),
    "visit_trained": (
        "visit",
        "trained[]",
        ".",
    ),
    "visit_wants": (
        "visit",
        "wants[]",
        "benefit unit> by@ refused",
    ),
    "visit_gave": (
        "visit",
        "gave[]",
        "benefit unit> charged$",
    ),
    "visit_checklist": (
        "visit",
        "checklist[]",
        ".",
    ),
    "visit_beyond": (
        "visit",
        "beyond[]",
        "what worth$ unit> at@ by>",
    ),
    "visit_tags": (
        "visit",
        "tags[]",
        ".",
    ),
    "visit_attachments": (
        "visit",
        "attachments[]",
        ".",
    ),
    "visit_formerly": (
        "visit",
        "formerly[]",
        ".",
    ),
    "complaints": (
        "complaint",
        "",
        (
            "id customer> about[]> received_at@ channel what wants urgency by> heard_in> person> incident.kind "
            "incident.safety? incident.happened_at@ incident.hurt incident.made_safe.at@ incident.made_safe.by> "
            "incident.made_safe.how incident.told_maker.at@ incident.told_maker.by> incident.told_maker.how "
            "findings.on@ findings.cause findings.fault findings.person> findings.corrective findings.preventive "
            "withdrawn.on@ withdrawn.reason note tags[] attachments[] source_key formerly[]"
        ),
    ),
    "complaint_about": (
        "complaint",
        "about[]",
        ".>",
    ),
    "complaint_acknowledged": (
        "complaint",
        "acknowledged[]",
        "at@ by> how",
    ),
    "complaint_asked": (
        "complaint",
        "asked[]",
        "at@ what why by> got@",
    ),
    "complaint_assigned": (
        "complaint",
        "assigned[]",
        "to> at@ by> reason",
    ),
    "complaint_passed_on": (
        "complaint",
        "passed_on[]",
        "to what promised@ at@ by> answered@ answer",
    ),
    "complaint_answers": (
        "complaint",
        "answers[]",
        "at@ says by> refused?",
    ),
    "complaint_resolved": (
        "complaint",
        "resolved[]",
        "at@ how by> cost$",
    ),
    "complaint_confirmed": (
        "complaint",
        "confirmed[]",
        "at@ satisfied? said by>",
    ),
    "complaint_reopened": (
        "complaint",
        "reopened[]",
        "at@ reason by> heard_in>",
    ),
    "complaint_tags": (
        "complaint",
        "tags[]",
        ".",
    ),
    "complaint_attachments": (
        "complaint",
        "attachments[]",
        ".",
    ),
    "complaint_formerly": (
        "complaint",
        "formerly[]",
        ".",
    ),
    "promise_records": (
        "promise",
        "",
        (
            "id to> of> what words about[]> due@ binds person> heard_in> made_on@ kept.at@ kept.by> kept.how "
            "released.on@ released.reason released.how broken.on@ broken.reason apologised.at@ apologised.by> "
            "apologised.how apologised.remedy apologised.cost$ apologised.remedy_in> accepted.on@ "
            "accepted.reason note tags[] attachments[] source_key formerly[]"
        ),
    ),
    "promise_about": (
        "promise",
        "about[]",
        ".>",
    ),
    "promise_moved": (
        "promise",
        "moved[]",
        "to@ from@ asked_by agreed? reason on@",
    ),
    "promise_tags": (
        "promise",
        "tags[]",
        ".",
    ),
    "promise_attachments": (
        "promise",
        "attachments[]",
        ".",
    ),
    "promise_formerly": (
        "promise",
        "formerly[]",
        ".",
    ),
    "parts": (
        "part",
        "",
        (
            "id name number component fits[]> supplier lead_days# cost$ reorder_at% reorder_qty% place note "
            "tags[] attachments[] source_key formerly[]"
        ),
    ),
    "part_fits": (
        "part",
        "fits[]",
        ".>",
    ),
    "part_ordered": (
        "part",
        "ordered[]",
        "at@ qty% expected@ from for[]>",
    ),
    "part_ordered_for": (
        "part",
        "ordered[].for[]",
        ".>",
    ),
    "part_received": (
        "part",
        "received[]",
        "at@ qty% cost$ from for[]>",
    ),
    "part_received_for": (
        "part",
        "received[].for[]",
        ".>",
    ),
    "part_used": (
        "part",
        "used[]",
        "at@ qty% for> by> charged$",
    ),
    "part_put_back": (
        "part",
        "put_back[]",
        "at@ qty% from> by>",
    ),
    "part_counted": (
        "part",
        "counted[]",
        "at@ qty% by>",
    ),
    "part_written_off": (
        "part",
        "written_off[]",
        "at@ qty% reason",
    ),
    "part_tags": (
        "part",
        "tags[]",
        ".",
    ),
    "part_attachments": (
        "part",
        "attachments[]",
        ".",
    ),
    "part_formerly": (
        "part",
        "formerly[]",
        ".",
    ),
    "staff": (
        "staff",
        "",
        (
            "id name pinyin phone role contractor? left.on@ left.reason note tags[] attachments[] source_key "
            "formerly[]"
        ),
    ),
    "staff_certificates": (
        "staff",
        "certificates[]",
        "name since@ until@ number issuer on@",
    ),
    "staff_trainings": (
        "staff",
        "trainings[]",
        "on@ what by> until@ answers[]>",
    ),
    "staff_trainings_answers": (
        "staff",
        "trainings[].answers[]",
        ".>",
    ),
    "staff_tags": (
        "staff",
        "tags[]",
        ".",
    ),
    "staff_attachments": (
        "staff",
        "attachments[]",
        ".",
    ),
    "staff_formerly": (
        "staff",
        "formerly[]",
        ".",
    ),
    "wishes": (
        "wish",
        "",
        (
            "id customer> about[]> said_on@ words nature theme heard_in> by> realised.on@ realised.product> "
            "realised.what realised.by> withdrawn.on@ withdrawn.reason note tags[] attachments[] source_key "
            "formerly[]"
        ),
    ),
    "wish_about": (
        "wish",
        "about[]",
        ".>",
    ),
    "wish_passed_on": (
        "wish",
        "passed_on[]",
        "to at@ by> how",
    ),
    "wish_answers": (
        "wish",
        "answers[]",
        "at@ says who by> taken_up?",
    ),
    "wish_told": (
        "wish",
        "told[]",
        "at@ by> how",
    ),
    "wish_tags": (
        "wish",
        "tags[]",
        ".",
    ),
    "wish_attachments": (
        "wish",
        "attachments[]",
        ".",
    ),
    "wish_formerly": (
        "wish",
        "formerly[]",
        ".",
    ),
    "enquiries": (
        "enquiry",
        "",
        (
            "id customer> at@ channel about[]> question advice by> call_by@ bought.on@ bought.sale> closed.on@ "
            "closed.reason note tags[] attachments[] source_key formerly[]"
        ),
    ),
    "enquiry_about": (
        "enquiry",
        "about[]",
        ".>",
    ),
    "enquiry_answered": (
        "enquiry",
        "answered[]",
        "at@ what by>",
    ),
    "enquiry_material": (
        "enquiry",
        "material[]",
        "what asked_at@ send_by@ sent_at@ how by>",
    ),
    "enquiry_appointments": (
        "enquiry",
        "appointments[]",
        "made_at@ from@ by@ where person> met_at@ met_by> said cancelled.on@ cancelled.reason",
    ),
    "enquiry_appointments_moved": (
        "enquiry",
        "appointments[].moved[]",
        "to@ from@ asked_by agreed? reason on@",
    ),
    "enquiry_tags": (
        "enquiry",
        "tags[]",
        ".",
    ),
    "enquiry_attachments": (
        "enquiry",
        "attachments[]",
        ".",
    ),
    "enquiry_formerly": (
        "enquiry",
        "formerly[]",
        ".",
    ),
    "offers": (
        "offer",
        "",
        (
            "id title published_on@ since@ until@ says person> meets.products[]> meets.category meets.channels[] "
            "meets.pieces# meets.amount$ meets.within_km% meets.regions[] meets.members[] misprint.at@ "
            "misprint.says misprint.meant misprint.by> ended.on@ ended.reason note tags[] attachments[] "
            "source_key formerly[]"
        ),
    ),
    "offer_meets_products": (
        "offer",
        "meets.products[]",
        ".>",
    ),
    "offer_meets_channels": (
        "offer",
        "meets.channels[]",
        ".",
    ),
    "offer_meets_regions": (
        "offer",
        "meets.regions[]",
        ".",
    ),
    "offer_meets_members": (
        "offer",
        "meets.members[]",
        ".",
    ),
    "offer_gives": (
        "offer",
        "gives[]",
        "what words within after arranged? product> qty# per cost$ holds",
    ),
    "offer_prices": (
        "offer",
        "prices[]",
        "goods[]> price$ meant$",
    ),
    "offer_prices_goods": (
        "offer",
        "prices[].goods[]",
        ".>",
    ),
    "offer_published": (
        "offer",
        "published[]",
        "where at@ until@ corrected_at@ by>",
    ),
    "offer_misprint_supplied": (
        "offer",
        "misprint.supplied[]",
        "at@ where how by>",
    ),
    "offer_misprint_apologised": (
        "offer",
        "misprint.apologised[]",
        "at@ where how by>",
    ),
    "offer_costs": (
        "offer",
        "costs[]",
        "at@ what amount$",
    ),
    "offer_tags": (
        "offer",
        "tags[]",
        ".",
    ),
    "offer_attachments": (
        "offer",
        "attachments[]",
        ".",
    ),
    "offer_formerly": (
        "offer",
        "formerly[]",
        ".",
    ),
    "events": (
        "event",
        "",
        (
            "id name at@ planned_on@ place person> invite_by@ held_at@ cancelled.on@ cancelled.reason note "
            "tags[] attachments[] source_key formerly[]"
        ),
    ),
    "event_guests": (
        "event",
        "guests[]",
        (
            "customer> listed_on@ invited.at@ invited.how invited.by> answered.at@ answered.comes? "
            "answered.people# answered.said came.at@ came.people#"
        ),
    ),
    "event_guests_heard": (
        "event",
        "guests[].heard[]",
        "at@ what by>",
    ),
    "event_tags": (
        "event",
        "tags[]",
        ".",
    ),
    "event_attachments": (
        "event",
        "attachments[]",
        ".",
    ),
    "event_formerly": (
        "event",
        "formerly[]",
        ".",
    ),
    "points": (
        "points",
        "",
        (
            "id customer> on@ given# until@ reason drawn# for gift> pieces# by> hand_over_by@ handed_over.at@ "
            "handed_over.by> cancelled.on@ cancelled.reason note tags[] attachments[] source_key formerly[]"
        ),
    ),
    "points_tags": (
        "points",
        "tags[]",
        ".",
    ),
    "points_attachments": (
        "points",
        "attachments[]",
        ".",
    ),
    "points_formerly": (
        "points",
        "formerly[]",
        ".",
    ),
}
