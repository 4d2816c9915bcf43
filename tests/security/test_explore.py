import pytest,re
from django.test import Client
from tests.security.scene import *
from allhands.platform.testing.cast import account_of
pytestmark=pytest.mark.django_db
def test_x(scene, settings):
    settings.ALLHANDS_REQUIRE_MFA=False
    for who in ("caseworker","officer","dispatcher","tribal_liaison","clearinghouse_analyst"):
        a=scene.people[who]; c=Client(); c.force_login(account_of(a)); s=c.session; s["hat"]=a.member_id; s.save()
        import lxml.html
        t=lxml.html.fromstring(c.get(f"/e/{scene.episode_id}").content.decode()).text_content()
        print("==",who,len(t)); 
        for l in t.splitlines():
            if re.search("suicid|hurt|kill|harm|medic|health|24 h",l,re.I): print("   ",l.strip()[:200])
