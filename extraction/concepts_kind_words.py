"""Head nouns of general and of policy English by kind. A word of two senses stands where policies use it."""

from extraction.lexicon import word_set

HEADS = {
    "party": word_set("""
        administrator adult affiliate ally ambassador analyst applicant artist author beneficiary bidder boss broker buyer
        caller camper caregiver carer celebrant clerk client co-worker collaborator competitor consortium coworker
        crew criminal customer dealer dependant dependent descendant doctor driver engineer enterprise expert firm
        freelancer friend grandparent guardian guest head heir holder human individual infant informant inmate insured
        intermediary juror kin landlord lawyer lead learner manager merchant minister minor national neighbour neighbor
        nurse offender official opponent organisation organization partner partnership patient peer person personnel
        physician pilot pioneer player police press principal prisoner professional public publisher pupil recruiter
        relative resident retailer scientist senior sibling signatory spouse sponsor startup start-up student subject
        subscriber successor superior superuser surgeon survivor teen tenant third-party trader tribe troll twin
        undertaking user victim visitor volunteer widow winner witness workforce youth somebody anyone maintainer
        admin controller processor representative director employer employee child parent mother father daughter son
        rival giver approver signer interlocutor founder peer maker payer rapporteur outsider insider
        """),
    "body": word_set("""
        alliance academy administration agency assembly association authority bank board body bureau chamber charity
        church club college committee community congress consulate consultancy council court department embassy
        establishment faculty federation forum foundation government helpline hospital hotline institute institution
        institutions judiciary legislature library ministry ngo office panel parliament
        regulator school secretariat senate society subcommittee subsidiary syndicate taskforce team tribunal union unit
        university desk division function secretariat parliament treasury workgroup
        eu un nato oecd wto
        """),
    "document": word_set("""
        acknowledgement acknowledgment act addendum affidavit agenda agreement amendment announcement annotation annex
        appendix archive article attestation bill blog book booklet
        briefing brochure bulletin calendar catalog catalogue certificate chapter charter
        checklist clause code comment contract convention correspondence covenant covenants cv declaration decree deed derogation
        diary directive directory disclaimer document documentation draft e-mail email essay file filing flyer
        folder form framework glossary guidance guide guideline guidelines handbook index instruction
        invoice journal law leaflet ledger legislation letter licence license list log
        magazine mail manifest manual manuscript map memo memorandum message minutes newsletter newspaper notice notification
        ordinance pact page pamphlet paper passport permit petition plan playbook policy post prescription
        print procedure protocol publication questionnaire receipt record register registration regulation
        release report resume roster rule ruling schedule screenshot section
        specification standard statement statute subpoena summary summons template term terms text thesis ticket
        transcript treaty video visa warrant waybill will wiki worksheet
        readme boilerplate constitution jurisprudence precedent judgment judgement injunction writ verdict caption
        """),
    "information": word_set("""
        address advice allegation analysis answer argument assertion belief category claim content
        credential criterion data database dataset description detail diagnosis dimension
        evidence explanation fact feedback figure fingerprint finding forecast hash hint history identifier identity
        idea image indicator information insight intelligence keyword know-how knowledge label language
        lesson link metadata metric name news nickname number opinion
        output password payload photo photograph picture pin plaintext pronoun pseudonym
        preference purpose query question reason recommendation reference requirement research result
        score secret signal signature source specimen statistic statistics status story
        suggestion symbol telemetry thought topic trade-secret trail translation truth url username
        vulnerability warning word wording view viewpoint quote quotation parameter input variable
        intelligence passphrase payload header proof hyperlink rumour rumor gossip profile
        """),
    "money": word_set("""
        insurance finance allowance amount award bonus bribe budget capital cash charge cheque commission compensation
        contribution cost credit credits currency damages debt deposit discount dividend donation
        earnings expenditure expense fare fee fees fine fund funds funding gratuity grant income instalment installment
        investment kickback levy loan loss margin money mortgage overpayment pay paycheck payment payout payroll
        penalty pension premium price proceeds profit rate rebate refund
        reimbursement remuneration rent revenue reward royalty royalties salary saving savings severance sponsorship
        stipend subsidy surcharge tariff tax taxes tip tuition turnover voucher wage wages wealth
        """),
    "place": word_set("""
        corridor abroad airport area branch building campus canteen city classroom continent country county
        datacenter destination district entrance exit factory facility floor garage gate headquarters
        home hotel house island jurisdiction kitchen laboratory lab landing location locker lodging market
        neighbourhood neighborhood nation park parking path place plant port premises province
        region residence restaurant road room seat shop site soil space square state station store street studio territory town
        venue village warehouse ward workplace zone
        states kingdom republic canton prefecture eea usa america europe germany france italy spain ireland switzerland austria netherlands belgium luxembourg poland sweden norway denmark finland portugal greece canada mexico brazil india china japan singapore australia britain england scotland wales california delaware
        """),
    "time": word_set("""
        afternoon anniversary april break date day daytime deadline decade duration era evening
        hour interval lifetime lunchtime minute moment month morning night past period
        quarter season second semester time timeframe timeline timescale week weekday weekend
        year shift overtime expiry
        """),
    "event": word_set("""
        session accident attack audit breach catastrophe celebration ceremony conference
        crash crisis death dinner disaster disruption earthquake emergency entertainment event exam
        examination exhibition explosion failure fair festival fire flood game gathering hackathon hearing holiday
        hospitality incident inspection interview investigation journey lecture litigation lunch match meal
        meeting meetup merger occasion outage pandemic pregnancy proceeding proceedings reception
        search seminar show strike summit tender threat tour tournament training trial trip travel visit war
        webinar wedding workshop reorganisation reorganization bankruptcy insolvency marriage lawsuit suit
        dispute birth acquisition takeover bereavement
        """),
    "asset": word_set("""
        heater charger reactor tractor tanker trailer elevator calculator timer appliance plaster
        account acid alarm alcohol animal api app application asset attachment backup badge battery beer belonging benefit
        beverage bicycle bot box brand camera car card cargo chair chemical chip clothing coffee commodity
        component computer cookie copy copyright cylinder device diamond disk domain
        drink drive drone drug e-wallet engine equipment estate explosive firearm firewall flower food forklift
        fork fuel furniture gas gift glass good goods hamper hardware helmet infrastructure ink inkjet inventory
        instrument interface internet invention item jewel jewellery key kit knife ladder laptop laser lighter
        liquid logo machine mailbox malware material media medicine memorabilia metal mineral mobile model motor network notebook
        object package packaging painting parcel part patent pen phone plane platform plug-in
        plugin poison printer prize product property propellant radio repository
        resource robot router safe sample scanner screen script seal sensor server service share
        shares shelf ship smartphone software spam spreadsheet stake stamp stationery
        stock stocks storage substance supplies supply system tablet telephone television tobacco token tool toy trade-mark
        trademark train truck tv uniform vaccine vehicle virus waste water weapon website web-site wine workstation
        yacht laser cylinder guard machinery environment endpoint browser codespace runner container cloud portal
        cookies cpu memory kernel binary executable bitcoin cryptocurrency
        """),
    "quality": word_set("""
        ability accountability accuracy age anonymity appearance authenticity autonomy availability
        balance beauty bias capability care caution citizenship colour color condition
        confidence confidentiality conflict consistency control courtesy danger defect deficiency diligence dignity
        disability discretion diversity duty effort equality error ethic ethics ethnicity expertise fairness
        faith fitness freedom friendliness gender good-faith goodwill harm health hazard height honesty
        humanity illness impartiality incapacity independence inequality injury innocence integrity justice
        legality length liability liberty loyalty mistake morality motive nationality
        negligence obligation orientation origin ownership performance power priority privacy proficiency prosperity pseudonymity
        quality race reachability reliability religion reputation respect responsibility right rights risk role safety
        security sensitivity severity sex sexuality silence size skill sovereignty speed stability strength talent
        temperature transparency trust trustworthiness uniqueness urgency validity vigilance weight welfare wellbeing
        well-being intent intention neutrality relationship merit merits
        interest interests damage value advantage disadvantage experience character certainty culture
        """),
    "action": word_set("""
        clearance abuse acceptance access action activity adoption advertising aid appeal approval arrest assistance attempt
        behaviour behavior bribery business cancellation career change check-up choice collection collusion
        comparison competition complaint compliance conduct consent consultation contact cooperation copying
        corruption crime cyberattack deal dealing debate decision defence defense delivery destruction disclosure
        discrimination discussion dismissal disposal doxxing download employment enquiry enforcement erasure escalation
        espionage evaluation exchange exploitation export exploit expression extortion favour favor fraud harassment help hire hiring
        import inquiry interference job labour labor launch leave lobbying maintenance malpractice manipulation marketing measure
        measurement misconduct misuse monitoring move negotiation objection offence offense offer operation order
        oversight participation phishing piracy planning practice prank preparation process procurement programme program
        project promise promotion prosecution protection publicity purchase quest recourse referral refusal rejection removal
        repair reply representation reproduction request rescue resale resignation response restriction
        retaliation retention return review revocation sabotage sale sanction scam scanning screening scrutiny self-dealing separation
        sharing slavery solicitation step suicide supervision support surgery
        surveillance survey swap task terrorism test testing theft tort touch trade trading traffic trafficking transaction
        transfer treatment try upload usage use utilisation vandalism violation violence vote waiver warranty
        withdrawal work vetting call remedy redress disturbance assault
        profiling pseudonymisation processing gambling piracy conversation communication
        prevention study check discharge arrival reversal delay
        """),
}  # fmt: skip

NOT_AGENTS = word_set("""
    answer banner barrier blocker border bother bumper buffer calendar category chapter character charter cluster colander
    cover counter copier corner cylinder danger dinner disaster divider drawer error exporter factor favor favour feather
    fiber fibre filter finger flavor flavour folder footer former gender hammer hamper header hour identifier
    indicator folder inter labor labour laser layer ledger letter litter liter locker manner matter measure
    meter metaphor mirror motor newspaper number offer office order other paper parameter
    pointer poster power primer printer quarter radar reminder render revolver router rumor
    scanner sector semester server shelter shoulder silver slider spider sticker summer summer supper surrender sweater
    temper theater theatre thriller ticker timer toner tower trailer transfer trigger tumor upper vector
    voucher warrant water wallpaper weather whether winter wonder wrapper descriptor descriptor tenor terror tremor humor
    elevator generator detector sensor simulator calculator refrigerator conveyor accelerator compiler
    debugger emulator browser crawler parser covenant constant element discriminant deodorant elephant
    plant restaurant consonant instant significant pollutant disinfectant coolant lubricant endeavor endeavour behavior
    behaviour pallor parlor disclaimer container identifier newsletter
    """)
"""Words in -er, -or and -ant that do nothing."""

COMPOUNDS = {
    "instrument": {"legal": "document", "binding": "document", "enforceable": "document", "regulatory": "document",
                   "international": "document"},
    "hold": {"legal": "document", "litigation": "document"},
    "code": {"source": "asset", "computer": "asset", "object": "asset", "open-source": "asset", "access": "information",
             "pass": "information", "qr": "information"},
    "name": {"domain": "asset"},
    "mark": {"service": "asset", "trade": "asset"},
    "order": {"purchase": "document", "court": "document", "standing": "document", "work": "document"},
    "list": {"price": "document"},
    "limit": {"time": "time", "age": "time", "credit": "money", "spending": "money"},
    "diligence": {"due": "action"},
    "desk": {"standing": "asset"},
    "paper": {"toilet": "asset", "waste": "asset"},
    "office": {"home": "place", "open-plan": "place", "branch": "place"},
    "control": {"access": "action", "export": "action"},
    "record": {"criminal": "information", "health": "information", "medical": "information"},
    "report": {"credit": "information"},
    "service": {"secret": "body", "civil": "body"},
    "fund": {"hedge": "body", "investment": "body", "pension": "body"},
}  # fmt: skip
"""Head -> the word before it -> the kind of both together, where it is another than the head's."""
