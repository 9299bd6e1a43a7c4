#!/bin/sh
# pki.sh DIR [HOST:PORT]: makes the throw-away PKI of the tests in DIR with openssl. Nothing of it is worth a thing outside a test.
#
#   root.crt ca.crt            the anchor and the issuing CA; NAME.key NAME.crt of all that follow; chain.pem: ca + root
#   signer, second             RSA-2048 people; ec256, ec384; expired, early (valid from 2098), brief (5 days more), usage (encipherment only), server (of a web server), mail (also for mails),
#   revoked (by ca.crl), alone (of a root that nobody trusts), weak (RSA-1024)
#   tsa, tsa-plain             with and without the extended key usage timeStamping;  ocsp: the responder's
#   signer.p12 signer-old.p12 signer-rc2.p12 (AES; 3DES; RC2)  signer-locked.pem (encrypted); password, wrong: their passwords
#   root.crl ca.crl            DER; HOST:PORT is named in the certificates for /ca.crl /root.crl /ocsp
set -eu
mkdir -p "$1"
cd "$1"
at=${2:-127.0.0.1:1}
umask 077

cat >openssl.cnf <<-CNF
	[req]
	distinguished_name = dn
	prompt = no
	utf8 = yes
	string_mask = utf8only
	[dn]
	[ca_root]
	basicConstraints = critical,CA:TRUE
	keyUsage = critical,keyCertSign,cRLSign
	subjectKeyIdentifier = hash
	[ca_issuing]
	basicConstraints = critical,CA:TRUE,pathlen:0
	keyUsage = critical,keyCertSign,cRLSign
	subjectKeyIdentifier = hash
	authorityKeyIdentifier = keyid
	crlDistributionPoints = URI:http://$at/root.crl
	[person]
	basicConstraints = CA:FALSE
	keyUsage = critical,digitalSignature,nonRepudiation
	subjectKeyIdentifier = hash
	authorityKeyIdentifier = keyid
	crlDistributionPoints = URI:http://$at/ca.crl
	authorityInfoAccess = OCSP;URI:http://$at/ocsp
	[usage]
	basicConstraints = CA:FALSE
	keyUsage = critical,keyEncipherment
	[tsa]
	basicConstraints = CA:FALSE
	keyUsage = critical,digitalSignature
	extendedKeyUsage = critical,timeStamping
	authorityKeyIdentifier = keyid
	crlDistributionPoints = URI:http://$at/ca.crl
	[plain]
	basicConstraints = CA:FALSE
	keyUsage = critical,digitalSignature
	[server]
	basicConstraints = CA:FALSE
	keyUsage = critical,digitalSignature
	extendedKeyUsage = serverAuth
	[mail]
	basicConstraints = CA:FALSE
	keyUsage = critical,digitalSignature,nonRepudiation
	extendedKeyUsage = clientAuth,emailProtection
	[ocsp]
	basicConstraints = CA:FALSE
	keyUsage = critical,digitalSignature
	extendedKeyUsage = OCSPSigning
	1.3.6.1.5.5.7.48.1.5 = DER:0500
	[ca]
	default_ca = issuing
	[issuing]
	database = index.txt
	new_certs_dir = issued
	certificate = ca.crt
	private_key = ca.key
	rand_serial = yes
	default_md = sha256
	default_days = 300
	default_crl_days = 30
	crl_extensions = crl
	unique_subject = no
	policy = any
	[issuing_root]
	database = index-root.txt
	certificate = root.crt
	private_key = root.key
	default_md = sha256
	default_crl_days = 30
	crl_extensions = crl
	[any]
	commonName = supplied
	[crl]
	authorityKeyIdentifier = keyid
CNF

mkdir issued
: >index.txt
: >index-root.txt

key() { # NAME KIND
	case $2 in
	rsa*) openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:${2#rsa}" -out "$1.key" 2>/dev/null ||
		openssl genrsa -out "$1.key" "${2#rsa}" 2>/dev/null ;;
	*) openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$2" -out "$1.key" ;;
	esac
}

quiet() {
	"$@" >command.log 2>&1 || { cat command.log >&2; exit 1; }
}

root() { # NAME SUBJECT
	key "$1" P-256
	quiet openssl req -x509 -config openssl.cnf -extensions ca_root -key "$1.key" -subj "$2" -days 3650 -out "$1.crt"
}

request() { # NAME SUBJECT KIND
	key "$1" "$3"
	quiet openssl req -new -config openssl.cnf -utf8 -key "$1.key" -subj "$2" -out "$1.csr"
}

# NAME SUBJECT KIND SECTION [START END as YYYYMMDDHHMMSSZ]; the database is what CRLs and OCSP answers are made from.
issue() {
	request "$1" "$2" "$3"
	dates=
	[ $# -lt 6 ] || dates="-startdate $5 -enddate $6"
	quiet openssl ca -batch -notext -config openssl.cnf -in "$1.csr" -out "$1.crt" -extensions "$4" -utf8 $dates
}

by_hand() { # NAME SUBJECT KIND SECTION ISSUER
	request "$1" "$2" "$3"
	quiet openssl x509 -req -in "$1.csr" -CA "$5.crt" -CAkey "$5.key" -CAcreateserial -extfile openssl.cnf -extensions "$4" \
		-days 3000 -out "$1.crt"
}

root root '/CN=Gốc thử nghiệm'
root stranger '/CN=Gốc lạ'
by_hand ca '/CN=CA thử nghiệm' P-256 ca_issuing root
cat ca.crt root.crt >chain.pem

issue signer '/CN=Nguyễn Văn A' rsa2048 person
issue second '/CN=Văn phòng' rsa2048 person
issue ec256 '/CN=Trần Thị B' P-256 person
issue ec384 '/CN=Lê Văn C' P-384 person
issue expired '/CN=Hết hạn' P-256 person 20200101000000Z 20210101000000Z
issue early '/CN=Chưa đến' P-256 person 20980101000000Z 20990101000000Z
issue brief '/CN=Sắp hết hạn' P-256 person "$(date -u -d '-1 day' +%Y%m%d%H%M%SZ)" "$(date -u -d '+5 days' +%Y%m%d%H%M%SZ)"
issue usage '/CN=Mã hóa' P-256 usage
issue revoked '/CN=Bị thu hồi' P-256 person
issue server '/CN=Máy chủ' P-256 server
issue mail '/CN=Thư điện tử' P-256 mail
issue weak '/CN=Khóa ngắn' rsa1024 person
issue tsa '/CN=Dấu thời gian' rsa2048 tsa
issue tsa-plain '/CN=Không phải TSA' P-256 plain
issue ocsp '/CN=OCSP' P-256 ocsp
by_hand alone '/CN=Người lạ' P-256 person stranger

quiet openssl ca -config openssl.cnf -revoke revoked.crt -crl_reason keyCompromise
quiet openssl ca -config openssl.cnf -gencrl -out crl.pem
quiet openssl crl -in crl.pem -outform DER -out ca.crl
quiet openssl ca -config openssl.cnf -name issuing_root -gencrl -out crl.pem
quiet openssl crl -in crl.pem -outform DER -out root.crl

echo 'mật khẩu thử' >password
echo 'sai' >wrong
p12() { # OUT OPTIONS...
	out=$1
	shift
	quiet openssl pkcs12 -export -inkey signer.key -in signer.crt -certfile chain.pem -out "$out" -passout file:password "$@"
}
p12 signer.p12
p12 signer-old.p12 -legacy -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1
p12 signer-rc2.p12 -legacy -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-RC2-40 -macalg sha1
quiet openssl pkcs8 -topk8 -in signer.key -out signer-locked.pem -passout file:password
rm -rf command.log crl.pem ./*.csr issued ./*.old ./*.srl
