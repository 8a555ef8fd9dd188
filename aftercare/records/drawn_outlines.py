"""The outlines of the records, drawn from the models (``python -m tests.outlines``); a test proves it."""

DRAWN = {
    "customer": (
        "Customer",
        "since",
        (
            "id name pinyin phones[] address: household language contact: birthday: needs[] preferences[] "
            "consent: do_not_contact do_not_contact_on referred_by>customer contacts[]: memberships[]: since "
            "left: forgotten: note tags[] attachments[] source_key formerly[] removed:"
        ),
        "id name phones address.text",
    ),
    "product": (
        "Product",
        "",
        (
            "id name category model maker sku weight_kg bulky as_set nature[] maker_months maker_parts[]: "
            "life_months features[] manual brochure hotline hotline_hours page video accessories[] told_maker[]: "
            "made_until note tags[] attachments[] source_key formerly[] removed:"
        ),
        "id name category model maker",
    ),
    "sale": (
        "Sale",
        "sold_on",
        (
            "id customer>customer sold_on channel invoice order person>staff items[]: deliver_to: told: agreed "
            "beyond[]: given[]: paid_back[]: cancelled: note tags[] attachments[] source_key formerly[] removed:"
        ),
        "id customer> sold_on@ channel? invoice",
    ),
    "delivery": (
        "Delivery",
        "arranged_on",
        (
            "id sale>sale items[] arranged_on deliver: person>staff vehicle to: charged confirmed: packed "
            "difficulty moved[]: dispatched_at attempts[]: arrived_at opened damage checklist[] signed: "
            "made_good: beyond[]: cancelled: note tags[] attachments[] source_key formerly[] removed:"
        ),
        "id sale> person> dispatched_at@ signed.at@ signed.by",
    ),
    "installation": (
        "Installation",
        "arranged_on",
        (
            "id sale>sale items[] arranged_on install: technician>staff moved[]: started_at checklist[] tested "
            "explained questions hotline_left charged materials agreed_beforehand asked_for signed: beyond[]: "
            "cancelled: note tags[] attachments[] source_key formerly[] removed:"
        ),
        "id sale> technician> started_at@ signed.at@ signed.by",
    ),
    "claim": (
        "Claim",
        "reported_on",
        (
            "id unit>unit reported_on fault: asked exclusions[] repairs[]: decisions[]: loans[]: returned: "
            "replaced: refunded: made_safe: told_maker: beyond[]: facts{} closed: note tags[] attachments[] "
            "source_key formerly[] removed:"
        ),
        "id unit> reported_on@ fault.symptom asked closed.on@",
    ),
    "visit": (
        "Visit",
        "at",
        (
            "id customer>customer about[]>unit,sale,claim,customer,product,delivery,installation,promise,visit,"
            "complaint,part,wish,enquiry,offer,event,points channel purpose keeps[]>any_promise at by>staff "
            "incoming outcome answers{} question advice solved satisfaction heard[] saw[]: undone[] understood "
            "trained[] thanks: minutes wants[]: gave[]: checklist[] beyond[]: note tags[] attachments[] "
            "source_key formerly[] removed:"
        ),
        "id customer> at@ channel? purpose? outcome? satisfaction",
    ),
    "complaint": (
        "Complaint",
        "received_at",
        (
            "id customer>customer about[]>unit,sale,claim,customer,product,delivery,installation,promise,visit,"
            "complaint,part,wish,enquiry,offer,event,points received_at channel what wants urgency by>staff "
            "heard_in>visit,event person>staff incident: acknowledged[]: asked[]: assigned[]: passed_on[]: "
            "findings: answers[]: resolved[]: confirmed[]: reopened[]: withdrawn: note tags[] attachments[] "
            "source_key formerly[] removed:"
        ),
        "id customer> received_at@ what urgency?",
    ),
    "promise": (
        "Promise",
        "made_on",
        (
            "id to>customer of>any_promise what words about[]>unit,sale,claim,customer,product,delivery,"
            "installation,promise,visit,complaint,part,wish,enquiry,offer,event,points due binds person>staff "
            "heard_in>visit,event made_on moved[]: kept: released: broken: apologised: accepted: note tags[] "
            "attachments[] source_key formerly[] removed:"
        ),
        "id to> what words due of>",
    ),
    "part": (
        "Part",
        "",
        (
            "id name number component fits[]>product supplier lead_days cost reorder_at reorder_qty place "
            "ordered[]: received[]: used[]: put_back[]: counted[]: written_off[]: note tags[] attachments[] "
            "source_key formerly[] removed:"
        ),
        "id name number cost reorder_at",
    ),
    "staff": (
        "Staff",
        "",
        (
            "id name pinyin phone role contractor certificates[]: trainings[]: left: note tags[] attachments[] "
            "source_key formerly[] removed:"
        ),
        "id name role phone",
    ),
    "wish": (
        "Wish",
        "said_on",
        (
            "id customer>customer about[]>unit,sale,claim,customer,product,delivery,installation,promise,visit,"
            "complaint,part,wish,enquiry,offer,event,points said_on words nature theme heard_in>visit,event "
            "by>staff passed_on[]: answers[]: told[]: realised: withdrawn: note tags[] attachments[] source_key "
            "formerly[] removed:"
        ),
        "id customer> said_on@ words theme",
    ),
    "enquiry": (
        "Enquiry",
        "at",
        (
            "id customer>customer at channel about[]>unit,sale,claim,customer,product,delivery,installation,"
            "promise,visit,complaint,part,wish,enquiry,offer,event,points question advice by>staff call_by "
            "answered[]: material[]: appointments[]: bought: closed: note tags[] attachments[] source_key "
            "formerly[] removed:"
        ),
        "id customer> at@ channel? question",
    ),
    "offer": (
        "Offer",
        "published_on",
        (
            "id title published_on since until says person>staff meets: gives[]: prices[]: published[]: "
            "misprint: costs[]: ended: note tags[] attachments[] source_key formerly[] removed:"
        ),
        "id title since until",
    ),
    "event": (
        "Event",
        "planned_on",
        (
            "id name at planned_on place person>staff invite_by guests[]: held_at cancelled: note tags[] "
            "attachments[] source_key formerly[] removed:"
        ),
        "id name at place",
    ),
    "points": (
        "Points",
        "on",
        (
            "id customer>customer on given until reason drawn for gift>part pieces by>staff hand_over_by "
            "handed_over: cancelled: note tags[] attachments[] source_key formerly[] removed:"
        ),
        "id customer> on@ given drawn for cancelled.on@",
    ),
}
