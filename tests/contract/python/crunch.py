"""A client by other hands, which asks with `.json` and under `/v1`, drives the sandbox.

python3 crunch.py URL    prints one line for each thing that held; ends with 1 at the first that did not
"""
import json
import sys
import urllib.request

import statuspageio
from statuspageio.errors import RateLimitError, ResourceError

PAGE = "sandboxpage1"
URL = sys.argv[1]


def held(what, truth):
    if not truth:
        print(f"did not hold: {what}")
        sys.exit(1)
    print(what)


def raises(kind, call, **arguments):
    try:
        call(**arguments)
    except kind:
        return True
    return False


client = statuspageio.Client(api_key="sandbox-statuspage-key", page_id=PAGE, organization_id="none", base_url=URL)

held("components are listed", "cmpapi000001" in [one.id for one in client.components.list()])
created = client.incidents.create(name="API - Investigating Issue", status="investigating", body="Looking.", component_ids=["cmpapi000001"])
held("an incident is created", created.status == "investigating")
held("and unresolved", [one.id for one in client.incidents.list_unresolved()] == [created.id])
updated = client.incidents.update(created.id, status="monitoring", body="Watching.")
held("updated: one update more", [one.status for one in updated.incident_updates] == ["monitoring", "investigating"])
previous = client.incidents.update_previous(created.id, updated.incident_updates[1].id, body="We looked.")
held("an earlier update is edited", previous.body == "We looked.")
held("resolved", client.incidents.update(created.id, status="resolved", body="Done.").resolved_at is not None)
held("a name too long is the client's resource error", raises(ResourceError, client.incidents.create, name="x" * 256))

rule = json.dumps({"faults": [{"kind": "420", "match": {"vendor": "statuspage"}}]}).encode()
urllib.request.urlopen(urllib.request.Request(f"{URL}/_sandbox/switches", data=rule, method="POST"))
held("420 is the client's rate limit", raises(RateLimitError, client.incidents.list))
urllib.request.urlopen(urllib.request.Request(f"{URL}/_sandbox/switches", data=b'{"faults": []}', method="POST"))
held("deleted", client.incidents.delete(created.id) == 200 and client.incidents.list() == [])
