package journal

import (
	"net/url"
	"strings"
	"testing"
)

// Values planted by the tests. The number passes Luhn; odd does not.
const (
	plantedPAN = "4929421234600821"
	cutPAN     = "492942******0821"
	oddPAN     = "1454545454878784"
	cutOdd     = "145454******8784"
	plantedAVV = "AAECAwQFBgcICQoLDA0ODxA+/xM="
)

func TestMaskBody(t *testing.T) {
	tests := []struct {
		name    string
		kind    Kind
		body    string
		secrets []string
		want    string
	}{
		{
			name: "AceHub payment", kind: JSON,
			body: `{"body":{"transaction":{"amount":10.5},"card":{"number":"4929421234600821","cvv":"321"},"threeDSecure":{"eci":"05","avv":"AAEC="}}}`,
			want: `{"body":{"transaction":{"amount":10.5},"card":{"number":"492942******0821","cvv":"***"},"threeDSecure":{"eci":"05","avv":"[AVV]"}}}`,
		},
		{
			name: "numbers become strings, so that it stays JSON", kind: JSON,
			body: `{"cardNumber":4929421234600821,"cvv":123,"order":4929421234600821,"pan":1.5e3}`,
			want: `{"cardNumber":"492942******0821","cvv":"***","order":"492942******0821","pan":"[card number]"}`,
		},
		{
			name: "names in any case and with underscores", kind: JSON,
			body: `{"PAN":"1454545454878784","card_number":"1454545454878784","Security-Code":"999"}`,
			want: `{"PAN":"145454******8784","card_number":"145454******8784","Security-Code":"***"}`,
		},
		{
			name: "number counts under card only", kind: JSON,
			body: `{"card":{"number":"1454545454878784"},"invoice":{"number":"1454545454878784"}}`,
			want: `{"card":{"number":"145454******8784"},"invoice":{"number":"1454545454878784"}}`,
		},
		{
			name: "a list under a name, and an object", kind: JSON,
			body: `{"pan":["1454545454878784","y"],"otp":{"value":"111111","tries":[1,null,true]}}`,
			want: `{"pan":["145454******8784","[card number]"],"otp":{"value":"[OTP]","tries":["[OTP]",null,true]}}`,
		},
		{
			name: "empty values stay", kind: JSON,
			body: `{"cvv":"","avv":null,"pan":" "}`,
			want: `{"cvv":"","avv":null,"pan":" "}`,
		},
		{
			name: "a token is masked when it is a number", kind: JSON,
			body: `{"token":"1454545454878784","other":{"token":"a1b2c3d4-1111-2222"},"tokenid":"33df271c57c6441785e03a116a35de98"}`,
			want: `{"token":"145454******8784","other":{"token":"a1b2c3d4-1111-2222"},"tokenid":"33df271c57c6441785e03a116a35de98"}`,
		},
		{
			name: "err holds JSON and stays as it is", kind: JSON,
			body: `{"err":"{\"errorResponse\":{\"status\":403,\"message\":\"a\\\/b\"}}"}`,
			want: `{"err":"{\"errorResponse\":{\"status\":403,\"message\":\"a\\\/b\"}}"}`,
		},
		{
			name: "but neither numbers nor secrets hide in it", kind: JSON,
			body: `{"err":"{\"x\":\"4929421234600821\",\"cvv\":\"123\"}"}`,
			want: `{"err":"{\"x\":\"492942******0821\",\"cvv\":\"***\"}"}`,
		},
		{
			name: "escaped digits and names", kind: JSON,
			body: `{"note":"\u003492942123460082\u0031","\u0070an":"1454545454878784","enccard":"AAAA\u003d"}`,
			want: `{"note":"492942******0821","\u0070an":"145454******8784","enccard":"[encrypted card]"}`,
		},
		{
			name: "known numbers of other kinds pass", kind: JSON,
			body: `{"Timestamp":"4929421234600821","orderId":4929421234600821,"trackingCode":"4929421234600821","phoneNumber":"4929421234600821"}`,
			want: `{"Timestamp":"4929421234600821","orderId":4929421234600821,"trackingCode":"492942******0821","phoneNumber":"4929421234600821"}`,
		},
		{
			name: "a masked number stays", kind: JSON,
			body: `{"cardNumber":"400000xxxxxx1000","maskedCardNumber":"************0821"}`,
			want: `{"cardNumber":"400000xxxxxx1000","maskedCardNumber":"************0821"}`,
		},
		{
			name: "separators", kind: JSON,
			body: `{"a":"4929 4212 3460 0821","b":"4929-4212-3460-0821 12/30","c":"4929  4212  3460  0821"}`,
			want: `{"a":"4929 42** **** 0821","b":"4929-42**-****-0821 12/30","c":"4929  4212  3460  0821"}`,
		},
		{
			name: "secrets by value", kind: JSON,
			body:    `{"note":"see AAECAwQFBgcICQoLDA0ODxA+\/xM\u003d","n":"1454545454878784","count":1454545454878784,"x":"123","y":"1234"}`,
			secrets: []string{plantedAVV, oddPAN, "123"},
			want:    `{"note":"see [masked]","n":"145454******8784","count":"145454******8784","x":"***","y":"1234"}`,
		},
		{
			name: "queries in values", kind: JSON,
			body: `{"url":"http://shop.test/?otp=123456&page=2"}`,
			want: `{"url":"http://shop.test/?otp=[OTP]&page=2"}`,
		},
		{
			name: "Cardinal", kind: XML,
			body: "<CardinalMPI><CardNumber>4929421234600821</CardNumber><Timestamp>1700000000000</Timestamp><CardCode>123</CardCode><Cavv></Cavv><TransactionPwd><![CDATA[se&amp;cret]]></TransactionPwd></CardinalMPI>",
			want: "<CardinalMPI><CardNumber>492942******0821</CardNumber><Timestamp>1700000000000</Timestamp><CardCode>***</CardCode><Cavv></Cavv><TransactionPwd><![CDATA[[password]]]></TransactionPwd></CardinalMPI>",
		},
		{
			name: "XML: references, attributes, namespaces, comments", kind: XML,
			body: `<?xml version="1.0"?><a:r x="4929421234600821"><n>&#52;929421234600821</n><a:PAN>14545454<!-- 4929421234600821 -->54878784</a:PAN><f name="cvv" value="1"/></a:r>`,
			want: `<?xml version="1.0"?><a:r x="492942******0821"><n>492942******0821</n><a:PAN>[card number]<!-- 492942******0821 -->[card number]</a:PAN><f name="cvv" value="***"/></a:r>`,
		},
		{
			name: "form", kind: Form,
			body: "PaRes=eJxV&MD=4929+4212+3460+0821&TermUrl=http%3A%2F%2Fshop.test%2F&card[number]=1454545454878784&otp=111111",
			want: "PaRes=[PaRes]&MD=4929+42**+****+0821&TermUrl=http%3A%2F%2Fshop.test%2F&card[number]=145454******8784&otp=[OTP]",
		},
		{
			name: "Cardinal's message is shown decoded", kind: Form,
			body: "cmpi_msg=%0A%3CCardinalMPI%3E%3CMsgType%3Ecmpi_lookup%3C%2FMsgType%3E%3CCardNumber%3E4929421234600821%3C%2FCardNumber%3E%3CSignature%3Ea%2Bb%3D%3C%2FSignature%3E%3C%2FCardinalMPI%3E",
			want: "cmpi_msg=\n<CardinalMPI><MsgType>cmpi_lookup</MsgType><CardNumber>492942******0821</CardNumber><Signature>[signature]</Signature></CardinalMPI>",
		},
		{
			name: "HTML", kind: HTML,
			body: `<!doctype html><p>Card 4929 4212 3460 0821<br>5 < 6<form><input type=hidden value='eJxV' name=PaRes><input name="MD" value="x"></form><script>var jwt = "eyJ"; if (a<b) {}</script>`,
			want: `<!doctype html><p>Card 4929 42** **** 0821<br>5 < 6<form><input type=hidden value='[PaRes]' name=PaRes><input name="MD" value="x"></form><script>var jwt = "[JWT]"; if (a<b) {}</script>`,
		},
		{
			name: "text", kind: Text,
			body: "otp: 123456 for card 4929421234600821, ref 1454545454878784, pan=1454 5454 5487 8784.",
			want: "otp: [OTP] for card 492942******0821, ref 1454545454878784, pan=1454 54** **** 8784.",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := MaskBody(tt.kind, []byte(tt.body), tt.secrets); got != tt.want {
				t.Errorf("MaskBody\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestMaskBodyThatIsBroken(t *testing.T) {
	tests := []struct {
		name string
		kind Kind
		body string
		want string
	}{
		{"cut off JSON", JSON, `{"card":{"number":"145454545487`, `{"card":{"number":"145454**5487`},
		{"a list", JSON, `{"otp":["1","2"],"x":`, `{"otp":[OTP]],"x":`},
		{"single quotes", JSON, `{'cvv':'123','avv' : 'AAEC'}`, `{'cvv':'***','avv' : '[AVV]'}`},
		{"a form sent as JSON", JSON, `cmpi_msg=%3CCardCode%3E123%3C%2FCardCode%3E%3CPAN%3E1454545454878784`, `cmpi_msg=<CardCode>***</CardCode><PAN>145454******8784`},
		{"two documents", JSON, `{"cvv":"123"}{"cvv":"123"}`, `{"cvv":"***"}{"cvv":"***"}`},
		{"crossed tags", XML, `<a><Cavv x="1">AAEC</a></Cavv>12`, `<a><Cavv x="1">[CAVV]</a></Cavv>12`},
		{"cut off XML", XML, `<a><CardNumber>14545454`, `<a><CardNumber>[card number]`},
		{"cut off tag", XML, `<a>x</a><CardNumber 145`, `<a>x</a><CardNumber [card number]`},
		{"JSON sent as a form", Form, `{"cvv":"123","id":"1454545454878784"}`, `{"cvv":"***","id":"145454******8784"}`},
		{"a bad percent sign", Form, `cvv=123&x=%zz&PAN=1454545454878784`, `cvv=***&x=%zz&PAN=145454******8784`},
		{"UTF-16", JSON, "{\x00\"\x00x\x00\"\x00:\x001\x004\x005\x004\x005\x004\x005\x004\x005\x004\x008\x007\x008\x007\x008\x004\x00", `{"x":145454******8784`},
		{"a PHP dump", JSON, "Array ( [cvv] => 123 [name] => x )", "Array ( [cvv] => *** [name] => x )"},
		{"a short secret as a word", JSON, `{"y": 777, 7777`, `{"y": ***, 7777`},
		{"nesting without end", JSON, strings.Repeat("[", 5000) + `"cvv":"123"`, strings.Repeat("[", 5000) + `"cvv":"***"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := MaskBody(tt.kind, []byte(tt.body), []string{"777"}); got != tt.want {
				t.Errorf("MaskBody\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// spellings are the ways in which a secret may stand in a body.
func spellings(secret string) map[string]string {
	percent, unicode, decimal, hex := "", "", "", ""
	for _, c := range []byte(secret) {
		const digits = "0123456789abcdef"
		pair := string([]byte{digits[c>>4], digits[c&15]})
		percent += "%" + strings.ToUpper(pair)
		unicode += `\u00` + pair
		hex += "&#x" + pair + ";"
		decimal += "&#" + string([]byte{'0' + c/100, '0' + c/10%10, '0' + c%10}) + ";"
	}
	replaced := strings.NewReplacer("/", `\/`, "=", `\u003d`, "+", `\u002b`).Replace(secret)
	return map[string]string{
		"plain": secret, "percent": percent, "percent twice": strings.ReplaceAll(percent, "%", "%25"),
		"Gson": replaced, "Gson in a string": strings.ReplaceAll(replaced, `\`, `\\`), "unicode": unicode,
		"query": strings.NewReplacer("/", "%2F", "=", "%3D", "+", "%2b").Replace(secret),
		"XML":   decimal, "XML hex": hex,
	}
}

func TestSecretsHideNowhere(t *testing.T) {
	bodies := map[string]struct {
		kind Kind
		body string
	}{
		"JSON value":      {JSON, `{"a":[{"b":"x @ y"}]}`},
		"JSON name":       {JSON, `{"@":1}`},
		"JSON id":         {JSON, `{"id":"@"}`},
		"JSON in JSON":    {JSON, `{"err":"{\"a\":\"@\"}"}`},
		"XML text":        {XML, `<a><b>@</b></a>`},
		"XML attribute":   {XML, `<a b="@"/>`},
		"XML comment":     {XML, `<a><!-- @ --></a>`},
		"XML CDATA":       {XML, `<a><![CDATA[@]]></a>`},
		"XML instruction": {XML, `<?x @?><a/>`},
		"form value":      {Form, `a=1&b=@`},
		"form message":    {Form, `cmpi_msg=%3Ca%3E@%3C%2Fa%3E`},
		"HTML text":       {HTML, `<p>@`},
		"HTML script":     {HTML, `<script>x("@")</script>`},
		"text":            {Text, `see @.`},
		"broken JSON":     {JSON, `{"a":"@"`},
		"broken XML":      {XML, `<a>@`},
		"broken form":     {Form, `%%%=@`},
		"binary":          {JSON, "\xff\xfe@\x80"},
	}
	for _, secret := range []string{plantedAVV, oddPAN, "Passw0rd!", "111222", "k-33df271c57c6441785e03a116a35de98"} {
		for spelling, text := range spellings(secret) {
			for name, b := range bodies {
				body := strings.ReplaceAll(b.body, "@", text)
				got := MaskBody(b.kind, []byte(body), []string{secret, "other secret"})
				if strings.Contains(got, secret) || strings.Contains(got, text) {
					t.Errorf("%s, %s: %s shows %q", name, spelling, got, secret)
				}
			}
		}
	}
}

func TestKindOf(t *testing.T) {
	tests := []struct {
		contentType, body string
		want              Kind
	}{
		{"application/json; charset=UTF-8", "null", JSON},
		{"application/problem+json", "", JSON},
		{"", ` {"a":1}`, JSON},
		{"application/x-www-form-urlencoded", "a=b", Form},
		{"application/x-www-form-urlencoded", "<a/>", XML},
		{"text/html", "<CardinalMPI></CardinalMPI>", XML},
		{"text/html; charset=utf-8", "\n<!DOCTYPE html><p>", HTML},
		{"text/html", "hello", HTML},
		{"application/soap+xml", "", XML},
		{"text/plain", "hello", Text},
		{"", "\xef\xbb\xbf[1]", JSON},
	}
	for _, tt := range tests {
		if got := KindOf(tt.contentType, []byte(tt.body)); got != tt.want {
			t.Errorf("KindOf(%q, %q) = %d, want %d", tt.contentType, tt.body, got, tt.want)
		}
	}
}

func BenchmarkMaskBody(b *testing.B) {
	secrets := []string{plantedPAN, "321", "AAECAwQFBgcICQoLDA0ODxAREhM=", "4492697777715235"}
	for _, body := range []struct {
		name string
		kind Kind
		text string
	}{
		{"json", JSON, benchBody}, {"xml", XML, benchLookup}, {"form", Form, "cmpi_msg=" + url.QueryEscape(benchLookup)},
	} {
		b.Run(body.name, func(b *testing.B) {
			b.SetBytes(int64(len(body.text)))
			b.ReportAllocs()
			for b.Loop() {
				MaskBody(body.kind, []byte(body.text), secrets)
			}
		})
	}
}

// benchLookup is a lookup as Cardinal takes it (reference cardinal.md, worked examples).
const benchLookup = `<CardinalMPI><MsgType>cmpi_lookup</MsgType><Version>1.7</Version><Algorithm>SHA-256</Algorithm><Identifier>5e3e5ba2e1b7a10d9c6d1c11</Identifier><OrgUnit>5e3e5ba29f2a6b1d3c7e8f90</OrgUnit><Timestamp>1479975843000</Timestamp><Signature>n9Qy4eQvTQ8m3l1m8cQkzJ5i5l4y0rjzKQm9Pq8l2kE=</Signature><TransactionType>C</TransactionType><OrderNumber>ORDER-0001</OrderNumber><OrderDescription>A pair of shoes</OrderDescription><Amount>12345</Amount><CurrencyCode>978</CurrencyCode><CardNumber>4929421234600821</CardNumber><CardExpMonth>03</CardExpMonth><CardExpYear>2030</CardExpYear><BillingFirstName>Anna</BillingFirstName><BillingLastName>Tester</BillingLastName><BillingAddress1>Gammel Havn 1</BillingAddress1><BillingCity>Aalborg</BillingCity><BillingPostalCode>9000</BillingPostalCode><BillingCountryCode>DK</BillingCountryCode><Email>anna@shop.test</Email><MobilePhone>4512345678</MobilePhone><IPAddress>192.0.2.17</IPAddress><UserAgent>Mozilla/5.0 (X11; Linux x86_64)</UserAgent><BrowserHeader>text/html</BrowserHeader><DFReferenceId>0_57f3e1c2</DFReferenceId></CardinalMPI>`

// benchBody is a payment as AceHub takes it (reference acehub.md, worked examples).
const benchBody = `{"action":"authorize","header":{"businessId":"334455"},"body":{"transaction":{"trackingCode":"ORDER-0001","brandId":1010,"amount":10.5,"currencyCode":"EUR","tokenize":true,"source":"EC","type":"FIRST"},"card":{"number":"4929421234600821","expiryMonth":3,"expiryYear":2030,"cvv":"321","holderName":"A Tester"},"customer":{"customerId":"98765","givenName":"Anna","familyName":"Tester","email":"anna@shop.test","phoneNumber":"+4512345678","ipAddress":"192.0.2.17"},"billingAddress":{"street":"Gammel Havn","houseNumber":"1","city":"Aalborg","zip":"9000","countryCode":"DK"},"threeDSecure":{"version":"2","eci":"05","avv":"AAECAwQFBgcICQoLDA0ODxAREhM=","dsTransactionId":"97267598-fae6-48f2-8083-c23433990fbc"}}}`
