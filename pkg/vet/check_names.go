package vet

// Warnings are the names of all warnings, as acknowledgements have them.
func Warnings() []string {
	return []string{"never_applies", "always_applies", "always_passes", "always_fails", "never_passes", "never_fails",
		"equivalent", "implied", "redundant", "fail_when_unneeded", "never_holds", "always_holds",
		"threshold_unused", "condition_unused", "choice_unused", "fact_unread", "fact_undecisive", "recommendation_unused",
		"question_twice", "untranslated", "acknowledgement_unused"}
}
