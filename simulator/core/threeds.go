package core

// ThreeDSVersion names a 3-D Secure protocol version as the messages carry it.
type ThreeDSVersion string

// The versions the simulator speaks.
const (
	ThreeDS10 ThreeDSVersion = "1.0.2"
	ThreeDS21 ThreeDSVersion = "2.1.0"
	ThreeDS22 ThreeDSVersion = "2.2.0"
)

// EMV says that the version is one of EMV 3-D Secure (2.x).
func (v ThreeDSVersion) EMV() bool { return v == ThreeDS21 || v == ThreeDS22 }

// TransStatus is the outcome of an authentication: PARes TX/status in 3-D
// Secure 1.0, transStatus in EMV, PAResStatus at Cardinal.
type TransStatus string

// The statuses of reference cardinal.md §4 and §7.
const (
	StatusNone          TransStatus = ""
	StatusAuthenticated TransStatus = "Y"
	StatusAttempted     TransStatus = "A"
	StatusFailed        TransStatus = "N"
	StatusUnavailable   TransStatus = "U"
	StatusRejected      TransStatus = "R"
	StatusChallenge     TransStatus = "C"
	StatusInformational TransStatus = "I"
	StatusBypassed      TransStatus = "B"
)

// CarriesCAVV says that an authentication value belongs to the status.
func (s TransStatus) CarriesCAVV() bool { return s == StatusAuthenticated || s == StatusAttempted }

// Enrolled is Cardinal's enrolment answer: Y, N (1.0 only), U or B.
type Enrolled string

// The enrolment answers of reference cardinal.md §4.
const (
	EnrolledYes      Enrolled = "Y"
	EnrolledNo       Enrolled = "N"
	EnrolledUnknown  Enrolled = "U"
	EnrolledBypassed Enrolled = "B"
)

// ECI is the electronic commerce indicator, two digits.
type ECI string

// The ECI values of reference cardinal.md §9 (documented).
const (
	ECIAuthenticatedVisa ECI = "05"
	ECIAttemptedVisa     ECI = "06"
	ECINoneVisa          ECI = "07"
	ECIAuthenticatedMC   ECI = "02"
	ECIAttemptedMC       ECI = "01"
	ECINoneMC            ECI = "00"
	ECIDataOnlyMC        ECI = "04"
)

// ECIFor is the indicator that goes with a brand, version and status. In
// 3-D Secure 1.0 Mastercard's unprotected value is 01, in EMV 00 (reference
// cardinal.md §9: documented for EMV, observed for 1.0).
func ECIFor(b Brand, v ThreeDSVersion, s TransStatus) ECI {
	mc := b.MastercardGroup()
	switch {
	case s == StatusAuthenticated && mc:
		return ECIAuthenticatedMC
	case s == StatusAuthenticated:
		return ECIAuthenticatedVisa
	case s == StatusAttempted && mc:
		return ECIAttemptedMC
	case s == StatusAttempted:
		return ECIAttemptedVisa
	case mc && v == ThreeDS10:
		return ECIAttemptedMC
	case mc:
		return ECINoneMC
	default:
		return ECINoneVisa
	}
}
