from tests.web.leaks.conftest import *
from tests.web.conftest import *
from tests.web.leaks.planting import plant
def test_dbg(hub, client, database, index):
    plant(hub.rows)
    index()
    client.nags=False
    client.become(hub.people["owner"])
    for p in hub.places:
        if "<slug>" in p:
            a=client.get(f"/showcases/{p['<slug>']}/entries/{p.get('<entry_id>','x')}")
            print(a.status_code, len(a.text), "zqx" in a.text, a.location, a.text[:0])
            b=client.get(f"/showcases/{p['<slug>']}")
            print('   ', b.status_code)
    from hub.showcases.models import Entry
    from hub.integrity.viewers import viewer_of
    v=viewer_of(hub.people["owner"])
    print("REP", v.represents, [(e.organisation_id, e.innovation.owner_id, e.proposed_by_id, e.status) for e in database.query(Entry)], v.member_id)
    from hub.showcases.entries.queries import entry_in
    import traceback
    p=hub.places
    for q in p:
        if "<entry_id>" in q and "<slug>" in q:
            try:
                print("REP", entry_in(q["<slug>"], q["<entry_id>"], v))
            except Exception as e: print("REP", repr(e), q["<slug>"], [(x.showcase.slug, x.public_id) for x in database.query(Entry)])
            break
    assert 0
