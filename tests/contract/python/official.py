"""Atlassian's description of its API, as the client that is generated from it, drives the sandbox.

python3 official.py URL    prints one line for each thing that held; ends with 1 at the first that did not
"""
import sys

import atlassian_statuspage as statuspage
from atlassian_statuspage.rest import ApiException

PAGE = "sandboxpage1"
API = "cmpapi000001"


def held(what, truth):
    if not truth:
        print(f"did not hold: {what}")
        sys.exit(1)
    print(what)


def refused(status, call, *arguments):
    try:
        call(*arguments)
    except ApiException as error:
        return error.status == status and '"error"' in str(error.body)
    return False


configuration = statuspage.Configuration()
configuration.host = f"{sys.argv[1]}/v1"
configuration.api_key["Authorization"] = "sandbox-statuspage-key"
configuration.api_key_prefix["Authorization"] = "OAuth"
client = statuspage.ApiClient(configuration)
incidents = statuspage.IncidentsApi(client)
updates = statuspage.IncidentUpdatesApi(client)
postmortems = statuspage.IncidentPostmortemApi(client)
components = statuspage.ComponentsApi(client)

created = incidents.post_pages_page_id_incidents(
    statuspage.PostPagesPageIdIncidents(
        incident=statuspage.PostPagesPageIdIncidentsIncident(
            name="API - Investigating Issue",
            status="investigating",
            body="We are investigating.",
            impact_override="critical",
            component_ids=[API],
            components={API: "major_outage"},
            metadata={"allclear_abc": {"v": 1}},
        )
    ),
    PAGE,
)
held("created with an impact and one update", created.impact == "critical" and len(created.incident_updates) == 1)
held("the update says what was and is", created.incident_updates[0].affected_components[0]["old_status"] == "operational")
held("listed as unresolved", [one.id for one in incidents.get_pages_page_id_incidents_unresolved(PAGE)] == [created.id])

resolved = incidents.patch_pages_page_id_incidents_incident_id(
    {"incident": {"status": "resolved", "body": "Resolved.", "components": {API: "operational"}}}, PAGE, created.id
)
held("resolved with a time", resolved.status == "resolved" and resolved.resolved_at is not None)
held("nothing unresolved is left", incidents.get_pages_page_id_incidents_unresolved(PAGE) == [])
held("the component is back", components.get_pages_page_id_components_component_id(PAGE, API).status == "operational")

edited = updates.patch_pages_page_id_incidents_incident_id_incident_updates_incident_update_id(
    {"incident_update": {"body": "Resolved at noon."}}, PAGE, created.id, resolved.incident_updates[0].id
)
held("an update is edited", edited.body == "Resolved at noon.")

draft = postmortems.put_pages_page_id_incidents_incident_id_postmortem({"postmortem": {"body_draft": "# Why"}}, PAGE, created.id)
held("a post-mortem is drafted", draft.body_draft == "# Why" and draft.published_at is None)
published = postmortems.put_pages_page_id_incidents_incident_id_postmortem_publish(
    {"postmortem": {"notify_subscribers": True, "notify_twitter": False}}, PAGE, created.id
)
held("and published", published.body == "# Why" and published.published_at is not None)

held("a name is needed", refused(422, incidents.post_pages_page_id_incidents, {"incident": {}}, PAGE))
held("an unknown incident is 404", refused(404, incidents.get_pages_page_id_incidents_incident_id, PAGE, "none"))
configuration.api_key["Authorization"] = "wrong"
held("a wrong key is 401", refused(401, incidents.get_pages_page_id_incidents, PAGE))
