package result

// Build is which program it is: its version, what it was built from and with,
// and the strategies that it holds.
type Build struct {
	Ksdev   int    `json:"ksdev"`
	Kind    string `json:"kind"` // "version"
	Program string `json:"program"`
	// Module is the path of the program's module.
	Module string `json:"module"`
	// ModuleVersion is the module's, as "v0.1.0"; absent where the build does
	// not record it.
	ModuleVersion string `json:"module_version,omitempty"`
	// Commit is what it was built from; absent where the build does not record
	// it.
	Commit string `json:"commit,omitempty"`
	// Modified says that files differed from those of the commit.
	Modified bool `json:"modified,omitempty"`
	// SourceDate is when the commit was made, in UTC as RFC 3339 has it; absent
	// where the build does not record it. When it was built is not recorded:
	// the same source gives the same program.
	SourceDate string `json:"source_date,omitempty"`
	// Go is the version of Go that built it, as "go1.26.0".
	Go string `json:"go"`
	// OS and Arch are what it was built for, as Go names them: "linux", "amd64".
	OS         string     `json:"os"`
	Arch       string     `json:"arch"`
	Strategies []Strategy `json:"strategies"`
}
