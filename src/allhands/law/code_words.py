"""The codes of rules in words, for reports and reference pages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from allhands.law.values import Text

_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "child_welfare_agency": Text("child welfare agency", "agencia de bienestar infantil"),
        "law_enforcement": Text("law enforcement", "policía"),
        "tribal_police": Text("tribal police", "policía tribal"),
        "tribal_government": Text("tribal government", "gobierno tribal"),
        "tribal_icwa_agent": Text("the tribe's ICWA agent", "agente de ICWA de la tribu"),
        "ncmec": Text("NCMEC", "NCMEC"),
        "ncic": Text("NCIC", "NCIC"),
        "namus": Text("NamUs", "NamUs"),
        "state_clearinghouse": Text("state clearinghouse", "centro estatal de información"),
        "court": Text("court", "tribunal"),
        "childs_attorney": Text("the child's attorney", "representante legal de la niña o el niño"),
        "guardian_ad_litem": Text("guardian ad litem", "tutor ad litem"),
        "parents": Text("parents", "padres"),
        "caregiver": Text("caregiver", "persona cuidadora"),
        "school": Text("school", "escuela"),
        "shelter": Text("shelter", "refugio"),
        "hhs_otip": Text("HHS Office on Trafficking in Persons", "Oficina de Trata de Personas de HHS"),
        "fbi": Text("FBI", "FBI"),
        "federal_agency": Text("federal agency", "agencia federal"),
        "care_provider": Text("care provider", "proveedor de cuidado"),
        "state_icj_office": Text("state ICJ office", "oficina estatal del ICJ"),
        "caretaker_responsible": Text("the caretaker responsible", "quien tiene a cargo su cuidado"),
        "state_child_abuse_line": Text("state child abuse line", "línea estatal de maltrato infantil"),
        "attorney_general": Text("Attorney General", "Fiscal General"),
        "everyone": Text("everyone", "todas las personas"),
        "accept_report": Text("accept the report", "recibir el reporte"),
        "report_to_police": Text("report to the police", "avisar a la policía"),
        "report_to_ncmec": Text("report to NCMEC", "avisar a NCMEC"),
        "enter_national_file": Text("enter into the national file", "registrar en el archivo nacional"),
        "update_national_file": Text("update the national file", "actualizar el archivo nacional"),
        "notify_court": Text("tell the court", "avisar al tribunal"),
        "notify_attorney": Text("tell the attorney", "avisar a la representación legal"),
        "notify_parents": Text("tell the parents", "avisar a los padres"),
        "notify_tribe": Text("tell the tribe", "avisar a la tribu"),
        "notify_school": Text("tell the school", "avisar a la escuela"),
        "notify_caregiver": Text("tell the caregiver", "avisar a la persona cuidadora"),
        "supervisor_notice": Text("tell the supervisor", "avisar a la supervisión"),
        "regular_contact": Text("keep in regular contact", "mantener contacto regular"),
        "search_investigate": Text("search and investigate", "buscar e investigar"),
        "liaison": Text("work together", "coordinarse"),
        "return_screening": Text("screen after return", "evaluar tras el regreso"),
        "primary_factors": Text("find out why", "averiguar las causas"),
        "respond_to_factors": Text("respond to the causes", "responder a las causas"),
        "report_trafficking_to_police": Text("report trafficking to the police", "avisar de la trata a la policía"),
        "notify_hhs_trafficking": Text("tell HHS of trafficking", "avisar de la trata a HHS"),
        "report_abuse": Text("report abuse", "denunciar el maltrato"),
        "cross_notify_abuse": Text("tell the other agency of abuse", "avisar del maltrato a la otra agencia"),
        "written_report_36h": Text("follow up in writing", "confirmar por escrito"),
        "notify_fbi": Text("tell the FBI", "avisar al FBI"),
        "contact_parents_from_shelter": Text("contact the parents from the shelter", "contactar a los padres"),
        "hand_off_answer": Text("answer the hand-off", "responder al traspaso"),
        "icj_return": Text("arrange the return between States", "organizar el regreso entre estados"),
        "confirm_entry": Text("confirm the entry", "confirmar el registro"),
        "activate_alert": Text("activate the alert", "activar la alerta"),
        "annual_count": Text("count once a year", "contar una vez al año"),
        "report_to_clearinghouse": Text("report to the clearinghouse", "avisar al centro de información"),
        "report_to_namus": Text("report to NamUs", "avisar a NamUs"),
        "police_report_number": Text("police report number", "número de reporte policial"),
        "officer": Text("officer's name and badge", "nombre y placa del agente"),
        "ncic_number": Text("NCIC number", "número NCIC"),
        "ncmec_case_number": Text("NCMEC case number", "número de caso de NCMEC"),
        "court_receipt": Text("court's receipt", "acuse del tribunal"),
        "tribe_receipt": Text("tribe's receipt", "acuse de la tribu"),
        "parent_contact": Text("contact with a parent", "contacto con madre o padre"),
        "attorney_receipt": Text("attorney's receipt", "acuse de la representación legal"),
        "document": Text("document", "documento"),
        "refused_by_recipient": Text("refusal by the recipient", "negativa del destinatario"),
        "screening_record": Text("screening record", "registro de la evaluación"),
        "contact_log": Text("contact log", "registro de contactos"),
        "hhs_reference": Text("HHS reference", "referencia de HHS"),
        "other_receipt": Text("other receipt", "otro acuse"),
    }
)


def code_words(code: str) -> Text:
    """A code in words; `other:<slug>` says its slug.

    Example:
        >>> code_words("other:open-licensing-task").en
        'open licensing task'
    """
    known = _WORDS.get(code)
    if known is not None:
        return known
    words = code.removeprefix("other:").replace("-", " ").replace("_", " ")
    return Text(words, words)
