#!/usr/bin/env python3
"""The services of a PKI made by pki.sh, on the loopback: timestamps, CRLs, OCSP; and each in the ways that go wrong.

  tsa.py DIR PORTFILE      serves the PKI in DIR on a free port, which it writes into PORTFILE; until it is killed

  POST /tsa                by openssl ts: what a proper service answers
       /tsa-own            the same made here
       /tsa-hash -nonce -policy -plain -sha1 -cut -garbage -refused -late -long    each wrong in the way of its name
       /silent             takes the question and never answers;  /broken: HTTP 500;  /moved: HTTP 302;  /none: HTTP 404
       /ocsp               by openssl ocsp;  /ocsp-garbage
  GET  /ca.crl /root.crl   and any path of the POST ones that needs no question
"""

import datetime
import http.server
import os
import socketserver
import subprocess
import sys
import tempfile
import threading

TST_INFO = "1.2.840.113549.1.9.16.1.4"
POLICY = "1.2.3.4.1"


def der(tag, *parts):
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def der_integer(n):
    return der(2, n.to_bytes(n.bit_length() // 8 + 1, "big"))


def der_oid(text):
    numbers = [int(n) for n in text.split(".")]
    body = bytes([numbers[0] * 40 + numbers[1]])
    for n in numbers[2:]:
        piece = [n & 127]
        while n := n >> 7:
            piece.append(n & 127 | 128)
        body += bytes(reversed(piece))
    return der(6, body)


def elements(data):
    """[(tag, content, whole)] of the elements in data."""
    found, at = [], 0
    while at < len(data):
        head, length = 2, data[at + 1]
        if length & 0x80:
            n = length & 0x7F
            length, head = int.from_bytes(data[at + 2 : at + 2 + n], "big"), 2 + n
        found.append((data[at], data[at + head : at + head + length], data[at : at + head + length]))
        at += head + length
    return found


def run(*command, data=None):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout


class Pki:
    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.path(name), "rb") as f:
            return f.read()

    def proper(self, query):
        with tempfile.TemporaryDirectory() as tmp:
            config = os.path.join(tmp, "tsa.cnf")
            asked = os.path.join(tmp, "query")
            with open(config, "w", encoding="utf-8") as f:
                f.write(
                    f"[tsa]\nserial={tmp}/serial\nsigner_digest=sha256\ndefault_policy={POLICY}\ndigests=sha256,sha384,sha512\n"
                    "ess_cert_id_alg=sha256\naccuracy=secs:1\n"
                )
            with open(asked, "wb") as f:
                f.write(query)
            return run(
                "openssl", "ts", "-reply", "-config", config, "-section", "tsa", "-queryfile", asked,
                "-signer", self.path("tsa.crt"), "-inkey", self.path("tsa.key"), "-chain", self.path("ca.crt"),
            )  # fmt: skip

    def own(self, query, how):
        """how: what is wrong with it."""
        asked = elements(elements(query)[0][1])
        imprint = asked[1][2]
        nonce = next(whole for tag, _, whole in asked[2:] if tag == 2)
        now = datetime.datetime.utcnow()
        if how == "hash":
            imprint = imprint[:-1] + bytes([imprint[-1] ^ 1])
        if how == "nonce":
            nonce = der_integer(7)
        if how == "late":
            now += datetime.timedelta(days=2)
        policy = next((whole for tag, _, whole in asked[2:] if tag == 6), der_oid(POLICY))
        if how == "policy":
            policy = der_oid("1.2.3.4.99")
        info = der(
            0x30, der_integer(1), policy, imprint, der_integer(1), der(0x18, now.strftime("%Y%m%d%H%M%SZ").encode()), nonce
        )
        name = "tsa-plain" if how == "plain" else "tsa"
        token = run(
            "openssl", "cms", "-sign", "-cades", "-binary", "-nodetach", "-nosmimecap", "-econtent_type", TST_INFO, "-outform", "DER",
            "-md", "sha1" if how == "sha1" else "sha256", "-certfile", self.path("ca.crt"),
            "-signer", self.path(name + ".crt"), "-inkey", self.path(name + ".key"), data=info,
        )  # fmt: skip
        if how == "changed":
            token = token[:-1] + bytes([token[-1] ^ 1])
        answer = der(0x30, der(0x30, der_integer(0)), token)
        if how == "cut":
            answer = answer[:-9]
        return answer

    def ocsp(self, query):
        with tempfile.TemporaryDirectory() as tmp:
            asked, answer = os.path.join(tmp, "query"), os.path.join(tmp, "answer")
            with open(asked, "wb") as f:
                f.write(query)
            run(
                "openssl", "ocsp", "-index", self.path("index.txt"), "-CA", self.path("ca.crt"), "-rsigner", self.path("ocsp.crt"),
                "-rkey", self.path("ocsp.key"), "-reqin", asked, "-respout", answer, "-ndays", "3",
            )  # fmt: skip
            with open(answer, "rb") as f:
                return f.read()

    def answer(self, path, question):
        """(status, bytes)"""
        if path in ("/ca.crl", "/root.crl"):
            return 200, self.read(path[1:])
        if path == "/tsa":
            return 200, self.proper(question)
        if path == "/ocsp":
            return 200, self.ocsp(question)
        if path in ("/tsa-garbage", "/ocsp-garbage", "/crl-garbage"):
            return 200, b"<html>no such service</html>"
        if path == "/tsa-refused":
            return 200, der(0x30, der(0x30, der_integer(2), der(0x30, der(0x0C, "hết hạn mức".encode()))))
        if path == "/tsa-long":
            return 200, bytes(1 << 20)
        if path.startswith("/tsa-"):
            return 200, self.own(question, path[5:])
        return {"/broken": 500, "/moved": 302}.get(path, 404), b""


class Handler(http.server.BaseHTTPRequestHandler):
    pki = None
    stopped = threading.Event()

    def do_POST(self):
        question = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/silent":
            self.stopped.wait()
            return
        status, body = self.pki.answer(self.path, question)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/tsa")
        self.send_header("Content-Type", "application/ocsp-response" if self.path == "/ocsp" else "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except BrokenPipeError:
            pass  # who asked has read enough

    do_GET = do_POST

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


def main():
    folder, port_file = sys.argv[1:]
    Handler.pki = Pki(folder)
    with Server(("127.0.0.1", 0), Handler) as server:
        with open(port_file + ".part", "w", encoding="ascii") as f:
            f.write(f"{server.server_address[1]}\n")
        os.replace(port_file + ".part", port_file)
        server.serve_forever()


main()
