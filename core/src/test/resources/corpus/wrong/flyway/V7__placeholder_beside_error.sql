-- expect: syntax-error:3
${statement_of_the_day};
SELEC 1;
