public partial class Late : Migration { }
