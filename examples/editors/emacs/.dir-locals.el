;; Beside go.mod. M-x project-compile lists the findings, and M-x next-error goes to the next one.
((nil . ((compile-command . "asynccheck -format=text ./...")
         (compilation-error-screen-columns . nil)))) ; a column counts bytes, and a tab is one
