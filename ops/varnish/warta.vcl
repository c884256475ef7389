# Varnish in front of Warta: pages of one second, told of every change at once, the last good page for a day.
#
# Needs Varnish 7 and its module xkey (Debian: varnish, varnish-modules); something that ends TLS stands before it.
# For the paper: WARTA_PURGE=varnish:http://127.0.0.1:6081  WARTA_TRUSTED_PROXIES=127.0.0.1/32

vcl 4.1;

import std;
import xkey;

backend warta {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 1s;
    .first_byte_timeout = 15s;
    .probe = {
        .url = "/robots.txt";
        .interval = 1s;
        .timeout = 2s;
        .window = 3;
        .threshold = 2;
        .initial = 2;
    }
}

acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        # What comes through the one who ends TLS has two addresses here, and is nobody's to purge.
        if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ",") {
            return (synth(405, "Not yours to purge"));
        }
        if (req.http.Soft-Purge) {
            set req.http.Purged = xkey.softpurge(req.http.Surrogate-Key);
        } else {
            set req.http.Purged = xkey.purge(req.http.Surrogate-Key);
        }
        return (synth(200, "Purged " + req.http.Purged));
    }

    # The newsroom is never kept.
    if (req.url ~ "^/redaksi(/|\?|$)") {
        return (pass);
    }

    # Nothing of a reader decides what is answered; an article is the same whatever its query says.
    unset req.http.Cookie;
    if (req.url ~ "^/api/v1/" && req.http.Authorization) {
        return (pass);  # a partner's key: what is answered is kept for nobody
    }
    unset req.http.Authorization;
    if (req.url ~ "^/[a-z0-9-]+/read/[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]+/[a-z0-9-]+\?") {
        set req.url = regsub(req.url, "\?.*$", "");
    }
    if (req.http.Accept-Encoding ~ "(?i)gzip\s*;\s*q=0(\.0*)?\s*(,|$)") {
        unset req.http.Accept-Encoding;
    }

    # While the paper answers, nothing out of date is given; when it does not, what was given last.
    if (req.restarts == 0) {
        unset req.http.Last-Good;
        if (std.healthy(req.backend_hint)) {
            set req.grace = 0s;
        }
    } elsif (req.http.Last-Good) {
        set req.grace = 24h;
    }
}

sub vcl_hash {
    hash_data(req.url);
    return (lookup);
}

sub vcl_backend_fetch {
    if (bereq.url ~ "^/redaksi(/|\?|$)") {
        set bereq.first_byte_timeout = 130s;
        set bereq.between_bytes_timeout = 130s;
    }
    unset bereq.http.Last-Good;
}

sub vcl_backend_response {
    if (beresp.http.Surrogate-Key) {
        set beresp.http.xkey = beresp.http.Surrogate-Key;
    }
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    if (beresp.status == 200) {
        set beresp.grace = 24h;
    } else {
        set beresp.grace = 0s;
    }
    set beresp.keep = 0s;
}

sub vcl_deliver {
    if (resp.status >= 500 && req.restarts == 0 && (req.method == "GET" || req.method == "HEAD")
        && req.url !~ "^/redaksi(/|\?|$)") {
        set req.http.Last-Good = "1";
        return (restart);
    }
    unset resp.http.Surrogate-Key;
    unset resp.http.xkey;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}
